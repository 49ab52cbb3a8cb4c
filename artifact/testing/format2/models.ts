import { createRandom, type Random } from '../../fuzz/random.ts';
import type { Tensor } from '../../src/forest/safetensors.ts';
import { randomTrees } from './random-trees.ts';

type Json = Record<string, unknown>;
type Row = Record<string, string | number | boolean | null>;

/** A model as its files say it, and rows to ask it. */
export interface HandMade {
  /** What is special about it. */
  about: string;
  /** Whether its manifest says nothing that a reader does not need. */
  isBare?: boolean;
  /** Members of the manifest that decide an answer. */
  manifest: {
    columns: Json[];
    target: Json;
    features: Json[];
    answer: Json;
    interval?: Json;
    predictionSet?: Json;
    timeZone?: string;
  };
  forest: Record<string, Tensor>;
  spread?: Record<string, Tensor>;
  rows: Row[];
}

const number = {
  name: 'x',
  type: 'number',
  maximum: 100,
  seen: { minimum: -10, maximum: 10 },
};
const integer = { name: 'n', type: 'integer', seen: { minimum: 0, maximum: 40 } };
const boolean = { name: 'b', type: 'boolean' };
const colour = {
  name: 'colour',
  type: 'category',
  categories: ['red', 'green', 'blue', 'grey'].map((value) => ({ value })),
};
const grid = [-10, -2.5, -0.1, 0, 0.3, 4, 9.75];

const plain = {
  columns: [number, integer, boolean, colour],
  features: [
    { column: 'x' },
    { column: 'n' },
    { column: 'b' },
    { column: 'colour', equals: 'red' },
    { column: 'colour', equals: 'blue' },
  ],
};
const plainThresholds = [grid, [0, 3, 17.5, 40], [0.5], [0.5], [0.5]];

/** Rows that hit thresholds exactly, and miss each column about one time in four. */
function plainRows(random: Random, count = 60): Row[] {
  return Array.from({ length: count }, () => ({
    x: random.pick([null, ...grid, 1.25, -77]),
    n: random.pick([null, 0, 3, 17, 18, 40, 50]),
    b: random.pick([null, true, false]),
    colour: random.pick([null, 'red', 'green', 'blue', 'grey']),
  }));
}

const uniform = (random: Random, low: number, high: number) =>
  low + ((high - low) * random.below(1 << 24)) / (1 << 24);
const vector = (length: number, one: () => number) => Float64Array.from({ length }, one);

/** Models that have one thing each. Each is the same whenever it is made. */
export function handMadeModels(): HandMade[] {
  const models: ((random: Random) => HandMade)[] = [
    (random) => ({
      about: 'identity: a mean, with an interval',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'numeric' },
        answer: { link: 'identity', base: 2, divisor: 5 },
        interval: { level: 0.9, method: 'by hand', base: -1, divisor: 2 },
      },
      forest: {
        ...randomTrees(random, {
          trees: 5,
          depth: 4,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -9, 9),
        }),
      },
      spread: {
        ...randomTrees(random, {
          trees: 3,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'logit: a probability, with an interval, scale and offset',
      manifest: {
        ...plain,
        target: {
          name: 'y',
          type: 'binary',
          labels: { 0: { en: 'no', 'pt-BR': 'não' }, 1: { en: 'yes', 'pt-BR': 'sim' } },
        },
        answer: { link: 'logit', base: -0.3, scale: 1.2, offset: 0.1 },
        interval: { level: 0.9, method: 'by hand', base: -1, divisor: 1 },
      },
      forest: {
        ...randomTrees(random, {
          trees: 9,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
      },
      spread: {
        ...randomTrees(random, {
          trees: 2,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'log: a count',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'count' },
        answer: { link: 'log', base: 0.7, baseFirst: true },
      },
      forest: {
        ...randomTrees(random, {
          trees: 7,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -0.5, 0.5),
        }),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'softmax: three classes, a tree for one of them',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'classes', classes: ['a', 'b', 'c'].map((value) => ({ value })) },
        answer: { link: 'softmax', base: [0.1, -0.2, 0.4], divisor: 1.3 },
      },
      forest: {
        ...randomTrees(random, {
          trees: 12,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -2, 2),
        }),
        output: Int32Array.from({ length: 12 }, (_, tree) => tree % 3),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'logit by class: three probabilities that need not add up to 1',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'classes', classes: ['a', 'b', 'c'].map((value) => ({ value })) },
        answer: { link: 'logit', base: [0.1, -0.2, 0.4], scale: [1, 2, 0.5], offset: [0, 0.3, -0.3] },
      },
      forest: {
        ...randomTrees(random, {
          trees: 11,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
        output: Int32Array.of(2, 0, 1, 1, 2, 0, 0, 1, 2, 2, 1),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'sets of categories, with a code for missing and values that are not listed',
      manifest: {
        columns: [number, { ...colour, open: true, missingCodes: ['?'] }],
        target: { name: 'y', type: 'numeric', quantiles: [0.1, 0.5, 0.9] },
        features: [{ column: 'x' }, ...[0, 1, 2, 3].map((set) => ({ column: 'colour', in: set }))],
        answer: { link: 'identity' },
      },
      forest: {
        ...randomTrees(random, {
          trees: 9,
          depth: 4,
          thresholds: [grid, [0.5], [0.5], [0.5], [0.5]],
          leaf: () => uniform(random, -3, 3),
        }),
        output: Int32Array.from({ length: 9 }, (_, tree) => Math.floor(tree / 3)),
        sets: Uint8Array.of(0b00011, 0b10100, 0b01010, 0b10001),
      },
      rows: plainRows(random).map(({ x, colour }) => ({
        x,
        colour: random.bool(0.3) ? random.pick(['?', 'pink']) : colour,
      })),
    }),
    (random) => {
      const trees = randomTrees(random, { trees: 10, depth: 3, thresholds: plainThresholds, leaf: () => 0 });
      let leaves = 0;
      const value = trees.value.map((_, node) => (trees.feature[node] < 0 ? leaves++ : 0));
      return {
        about: 'leaves that hold a number for each of four classes, and shares of their sum',
        manifest: {
          ...plain,
          target: { name: 'y', type: 'classes', classes: ['a', 'b', 'c', 'd'].map((value) => ({ value })) },
          answer: { link: 'share', divisor: 10 },
        },
        forest: { ...trees, value, leaf_values: vector(leaves * 4, () => uniform(random, 0, 1)) },
        rows: plainRows(random),
      };
    },
    (random) => ({
      about: 'linear terms alone',
      isBare: true,
      manifest: { ...plain, target: { name: 'y', type: 'binary' }, answer: { link: 'logit', base: 0.25 } },
      forest: {
        ...randomTrees(random, { trees: 0, depth: 0, thresholds: [], leaf: () => 0 }),
        linear: Float64Array.of(0.03, -0.02, 0.9, 0.4, 0),
        linear_missing: Float64Array.of(0.1, 0, -0.2, 0, 0.05),
        linear_mean: Float64Array.of(0.02, -0.4, 0.3, 0.1, 0),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'linear terms, bent at two values, and trees',
      manifest: {
        // exp of a linear term is finite within limits only
        columns: [
          { ...number, minimum: -100 },
          { ...integer, minimum: 0, maximum: 50 },
        ],
        target: { name: 'y', type: 'count' },
        features: [{ column: 'x' }, { column: 'x', above: -2.5 }, { column: 'x', above: 4 }, { column: 'n' }],
        answer: { link: 'log', base: 0.1 },
      },
      forest: {
        ...randomTrees(random, {
          trees: 4,
          depth: 2,
          thresholds: [grid, [1], [2], [3, 17.5]],
          leaf: () => uniform(random, -0.3, 0.3),
        }),
        linear: Float64Array.of(0.01, 0.02, -0.03, 0.004),
        linear_missing: Float64Array.of(0.4, 0, 0, -0.1),
        linear_mean: Float64Array.of(0.05, 0.1, -0.02, 0.08),
      },
      rows: plainRows(random).map(({ x, n }) => ({ x, n })),
    }),
    (random) => ({
      about: 'sums in float32, the base first',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'classes', classes: ['a', 'b'].map((value) => ({ value })) },
        answer: {
          link: 'softmax',
          base: [Math.fround(0.1), Math.fround(-0.7)],
          baseFirst: true,
          precision: 'float32',
        },
      },
      forest: {
        ...randomTrees(random, {
          trees: 60,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => Math.fround(uniform(random, -1, 1)),
        }),
        output: Int32Array.from({ length: 60 }, (_, tree) => tree % 2),
      },
      rows: plainRows(random, 120),
    }),
    (random) => {
      const count = 5000;
      const bytes = Math.ceil((count + 1) / 8);
      const town = (i: number) => `town ${i}`;
      return {
        about: 'a category of 5,000 values, in sets and as numbers',
        manifest: {
          columns: [
            number,
            {
              name: 'town',
              type: 'category',
              open: true,
              categories: Array.from({ length: count }, (_, i) => ({ value: town(i) })),
            },
          ],
          target: { name: 'y', type: 'binary' },
          features: [
            { column: 'x' },
            { column: 'town', numbers: [...vector(count, () => uniform(random, -1, 1)), null] },
            ...[0, 1, 2].map((set) => ({ column: 'town', in: set * bytes })),
          ],
          answer: { link: 'identity', divisor: 8, recalibration: { intercept: -0.1, slope: 1.3 } },
        },
        forest: {
          ...randomTrees(random, {
            trees: 8,
            depth: 4,
            thresholds: [grid, [-0.5, 0, 0.25], [0.5], [0.5], [0.5]],
            leaf: () => uniform(random, 0, 1),
          }),
          sets: Uint8Array.from({ length: 3 * bytes }, () => random.below(256)),
        },
        rows: plainRows(random).map(({ x }) => ({
          x,
          town: random.pick([null, town(0), town(4999), town(random.below(count)), 'no such town']),
        })),
      };
    },
    (random) => ({
      about: 'dates and times on the clock of one time zone',
      manifest: {
        columns: [
          {
            name: 'day',
            type: 'date',
            minimum: '1900-01-01',
            maximum: '2100-12-31',
            seen: { minimum: '2000-01-01', maximum: '2024-12-31' },
          },
          {
            name: 'at',
            type: 'datetime',
            minimum: '1960-01-01T00:00:00',
            maximum: '2100-01-01T00:00:00',
            seen: { minimum: '2020-01-01T00:00:00', maximum: '2024-12-31T23:59:59' },
          },
        ],
        timeZone: 'America/Sao_Paulo',
        target: { name: 'y', type: 'numeric' },
        features: [
          ...['year', 'month', 'dayOfYear', 'weekday', 'days'].map((part) => ({ column: 'day', part })),
          ...['hour', 'weekday', 'days'].map((part) => ({ column: 'at', part })),
          { column: 'at' },
        ],
        answer: { link: 'identity' },
      },
      forest: {
        ...randomTrees(random, {
          trees: 12,
          depth: 4,
          thresholds: [
            [1970, 2012],
            [2, 7, 12],
            [32, 60, 366],
            [3, 6],
            [0, 19723],
            [6, 12.5, 23],
            [6],
            [18262.25, 19800],
            [1.6e9, 1718454600],
          ],
          leaf: () => uniform(random, -1, 1),
        }),
      },
      rows: Array.from({ length: 80 }, () => ({
        day: random.pick([
          null,
          '1900-03-01',
          '1969-12-31',
          '1970-01-01',
          '2000-02-29',
          '2012-01-01',
          '2023-12-31',
          '2024-01-01',
          '2100-02-28',
        ]),
        at: random.pick([
          null,
          '1969-12-31T23:59:59.5',
          '2020-01-01T06:00:00',
          '2024-06-15T12:30:00',
          '2024-06-15T12:30:00Z',
          '2024-06-15T12:30',
          '2024-06-15T12:30:00-03:00',
          '2018-11-04T00:30:00+02:00',
          '2024-12-31T23:00:00.125+05:30',
        ]),
      })),
    }),
    (random) => ({
      about: 'a number that is missing near zero',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'numeric' },
        features: [{ column: 'x', nonzero: 1.5 }, { column: 'n', nonzero: 0 }, { column: 'x' }],
        answer: { link: 'identity' },
      },
      forest: {
        ...randomTrees(random, {
          trees: 6,
          depth: 3,
          thresholds: [grid, [-1, 0, 2], grid],
          leaf: () => uniform(random, -1, 1),
        }),
      },
      rows: plainRows(random),
    }),
    ...(['difference', 'ratio'] as const).map(
      (of) =>
        (random: Random): HandMade => ({
          about: `the interval of the outcome, as a ${of}`,
          manifest: {
            ...plain,
            target: { name: 'y', type: 'numeric' },
            answer: { link: of === 'ratio' ? 'log' : 'identity', base: 1, divisor: 5 },
            interval: {
              level: 0.9,
              method: 'by hand',
              base: -1,
              divisor: 2,
              outcome: {
                method: 'by hand',
                of,
                noise: 0.4,
                quantiles: [
                  { given: 0, low: -1.5, high: 1.75 },
                  { given: 0.25, low: -1.25, high: 1.5 },
                  { given: 0.75, low: -1.75, high: 1.25 },
                  { given: 1, low: -2, high: 1 },
                ],
              },
            },
          },
          forest: {
            ...randomTrees(random, {
              trees: 5,
              depth: 4,
              thresholds: plainThresholds,
              leaf: () => uniform(random, -9, 9),
            }),
          },
          spread: {
            ...randomTrees(random, {
              trees: 3,
              depth: 3,
              thresholds: plainThresholds,
              leaf: () => uniform(random, -1, 1),
            }),
          },
          rows: plainRows(random),
        }),
    ),
    ...(['logit', 'identity'] as const).map(
      (link) =>
        (random: Random): HandMade => ({
          about: `the shortest interval of a probability, link ${link}`,
          manifest: {
            ...plain,
            target: { name: 'y', type: 'binary' },
            answer: { link, base: link === 'logit' ? -1 : 0, divisor: link === 'logit' ? 1 : 5 },
            interval: {
              level: 0.9,
              method: 'by hand',
              base: 0,
              divisor: 1,
              probability: {
                method: 'by hand',
                missing: [
                  { given: 0, share: 0.9 },
                  { given: 0.5, share: 0.4 },
                  { given: 1, share: 0 },
                ],
              },
            },
          },
          forest: {
            ...randomTrees(random, {
              trees: 5,
              depth: 4,
              thresholds: plainThresholds,
              leaf: () => (link === 'logit' ? uniform(random, -2, 2) : uniform(random, 0, 1)),
            }),
          },
          spread: {
            ...randomTrees(random, {
              trees: 3,
              depth: 3,
              thresholds: plainThresholds,
              leaf: () => uniform(random, -1, 1),
            }),
          },
          rows: plainRows(random),
        }),
    ),
    (random) => ({
      about: 'a count, with the interval of the outcome in whole numbers',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'count' },
        answer: { link: 'log', base: 0.3, divisor: 2 },
        interval: {
          level: 0.9,
          method: 'by hand',
          base: -1,
          divisor: 1,
          outcome: {
            method: 'by hand',
            of: 'count',
            noise: 1.1,
            quantiles: [
              { given: 0, low: -0.9, high: 1.75 },
              { given: 1, low: -0.75, high: 1.5 },
            ],
          },
        },
      },
      forest: {
        ...randomTrees(random, {
          trees: 4,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 2),
        }),
      },
      spread: {
        ...randomTrees(random, {
          trees: 2,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'prediction sets of three classes',
      manifest: {
        ...plain,
        target: { name: 'y', type: 'classes', classes: ['a', 'b', 'c'].map((value) => ({ value })) },
        answer: { link: 'softmax', base: [0.1, 0, -0.2] },
        predictionSet: {
          level: 0.9,
          method: 'by hand',
          thresholds: [
            { given: 0, least: 0.25 },
            { given: 0.5, least: 0.35 },
            { given: 1, least: 0.6 },
          ],
        },
      },
      forest: {
        ...randomTrees(random, {
          trees: 6,
          depth: 3,
          thresholds: plainThresholds,
          leaf: () => uniform(random, -1, 1),
        }),
        output: Int32Array.from([0, 1, 2, 0, 1, 2]),
      },
      rows: plainRows(random),
    }),
    (random) => ({
      about: 'a count for an exposure: the logarithm of a column as a term',
      manifest: {
        columns: [
          { ...number, minimum: 1e-3, seen: { minimum: 0.5, maximum: 10 } },
          { ...integer, minimum: 0, maximum: 50 },
        ],
        target: { name: 'y', type: 'count', exposure: 'x' },
        features: [{ column: 'n' }, { column: 'x', log: true }],
        answer: { link: 'log', base: 0.1, offset: -0.3 },
      },
      forest: {
        ...randomTrees(random, {
          trees: 4,
          depth: 2,
          thresholds: [[3, 17.5], [0]],
          leaf: () => uniform(random, -0.3, 0.3),
        }),
        linear: Float64Array.of(0, 1),
        linear_mean: Float64Array.of(0, 0.4),
      },
      rows: plainRows(random).map(({ x, n }) => ({ x: typeof x === 'number' ? Math.abs(x) + 0.5 : x, n })),
    }),
  ];
  return models.map((make, i) => make(createRandom(100 + i)));
}
