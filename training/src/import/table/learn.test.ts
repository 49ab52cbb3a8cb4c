import { type Manifest, readAnswer } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { emptyForest } from '../../grow/index.ts';
import { createRandom } from '../../random.ts';
import type { SourceTable } from '../../sources/index.ts';
import type { Assembled } from '../assemble.ts';
import { learnFromTable } from './learn.ts';

const random = createRandom(3);
const normal = () =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

/** A model that answers with its column x, times a factor for each output. */
function linear(
  target: Manifest['target'],
  answer: Manifest['answer'],
  { factors = [1], required = false } = {},
): Assembled {
  return {
    draft: {
      format: 2,
      name: 'm',
      columns: [{ name: 'x', type: 'number', required, seen: { minimum: -9, maximum: 9 } }],
      target,
      features: [{ column: 'x' }],
      answer,
      engine: { name: 'by hand', version: '', options: {}, seed: 0 },
      data: { name: 'm', sha256: '0'.repeat(64), rows: 0, imported: imported },
    },
    trees: {
      forest: emptyForest(0, 0),
      ...(factors.length > 1 && { others: factors.slice(1).map(() => emptyForest(0, 0)) }),
      linear: {
        coefficient: Float64Array.from(factors),
        missing: new Float64Array(factors.length),
        mean: new Float64Array(factors.length),
      },
    },
  };
}
const imported = { tool: 't', version: '', sha256: '0'.repeat(64), rows: 0, bound: 0 };

const tableOf = (rows: readonly (readonly [number, number | string])[]): SourceTable =>
  ({
    path: 'later.csv',
    sha256: '1'.repeat(64),
    unit: 'line',
    decimal: '.',
    columns: [{ name: 'x' }, { name: 'y' }],
    rows: rows.map(([x, y], i) => ({ place: i + 2, cells: [String(x), String(y)] })),
  }) as unknown as SourceTable;

const xs = Array.from({ length: 800 }, () => 2 * normal());
const isTrue = (probability: number) => (random.uniform() < probability ? 1 : 0);

describe('a probability', () => {
  const table = tableOf(xs.map((x) => [x, isTrue(1 / (1 + Math.exp(-(0.5 * x - 1))))]));
  const probability = linear({ name: 'y', type: 'binary' }, { link: 'logit' });

  test('is calibrated by a factor and a shift, and its rows are scored by the others', () => {
    const { assembled, predictions } = learnFromTable(probability, table, 'affine');
    const { calibration } = assembled.draft.data.imported ?? {};
    expect(calibration).toMatchObject({ method: 'affine', rows: 800, sha256: table.sha256 });
    expect(calibration?.slope).toBeCloseTo(0.5, 1);
    expect(calibration?.intercept).toBeCloseTo(-1, 0);
    const { answer } = readAnswer(assembled.draft, assembled.trees)({ x: 2 });
    expect(answer).toBeCloseTo(0.5, 1);
    expect(predictions).toHaveLength(800);
    expect(assembled.draft.interval).toBeUndefined();
  });

  test('by a temperature it stays one half where it was', () => {
    const { assembled } = learnFromTable(probability, table, 'temperature');
    expect(assembled.draft.data.imported?.calibration?.intercept).toBe(0);
    expect(readAnswer(assembled.draft, assembled.trees)({ x: 0 }).answer).toBe(0.5);
  });

  test('without a link it is calibrated on its log-odds', () => {
    const shares = tableOf(xs.map(() => random.uniform()).map((p) => [p, isTrue(p > 0.5 ? 0.7 : 0.3)]));
    const forest = linear({ name: 'y', type: 'binary' }, { link: 'identity' });
    const { assembled } = learnFromTable(forest, shares, 'affine');
    expect(assembled.draft.answer.recalibration?.slope).toBeLessThan(1);
  });

  test('that says nothing about the target is not calibrated', () => {
    const other = tableOf(xs.map((x) => [x, x < 0 ? 1 : 0]));
    expect(() => learnFromTable(probability, other, 'affine')).toThrow('cannot be calibrated on this table');
  });
});

test('a number gets an interval that holds nine of ten outcomes, wider where its column is missing', () => {
  const table = tableOf(xs.map((x) => [x, x + normal()]));
  const number = linear({ name: 'y', type: 'numeric' }, { link: 'identity' });
  const { assembled, notes } = learnFromTable(number, table);
  const read = readAnswer(assembled.draft, assembled.trees);
  const given = read({ x: 1 }).interval;
  expect(given?.low).toBeCloseTo(1 - 1.645, 0);
  expect(given?.high).toBeCloseTo(1 + 1.645, 0);
  const { interval, mean } = read({});
  expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(6);
  expect(mean?.high).toBeCloseTo(2 * 1.645, 0);
  expect(Number(/; ([\d.]+) % of the rows were inside/.exec(notes[0])?.[1])).toBeCloseTo(90, -0.5);
});

test('a required column is never left out', () => {
  const table = tableOf(xs.map((x) => [x, x + normal()]));
  const number = linear({ name: 'y', type: 'numeric' }, { link: 'identity' }, { required: true });
  const { interval } = learnFromTable(number, table).assembled.draft;
  expect(interval?.outcome?.quantiles.map(({ given }) => given)).toEqual([1]);
});

test('a count gets an interval of whole numbers; an exponential one of ratios', () => {
  const counts = tableOf(xs.map((x) => [x, Math.round(Math.exp(x / 3) * 3 * random.uniform())]));
  const count = linear({ name: 'y', type: 'count' }, { link: 'log', scale: 1 / 3, offset: 0.4 });
  const { draft, trees } = learnFromTable(count, counts).assembled;
  const { interval } = readAnswer(draft, trees)({ x: 1 });
  expect(interval?.high).toBe(Math.round(interval?.high ?? 0.5));
  const prices = tableOf(xs.map((x) => [x, Math.exp(x + normal())]));
  const ratio = linear({ name: 'y', type: 'numeric' }, { link: 'log' });
  expect(learnFromTable(ratio, prices).assembled.draft.interval?.outcome?.of).toBe('ratio');
});

test('classes get sets that hold nine of ten, and a temperature', () => {
  const classes = linear(
    { name: 'y', type: 'classes', classes: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    { link: 'softmax' },
    { factors: [3, 0, -3] },
  );
  const table = tableOf(xs.map((x) => [x, isTrue(0.3) ? 'b' : x + normal() > 0 ? 'a' : 'c']));
  const { assembled, notes } = learnFromTable(classes, table, 'temperature');
  expect(assembled.draft.data.imported?.calibration?.slope).toBeLessThan(1);
  const { predictionSet } = assembled.draft;
  expect(predictionSet?.thresholds).toHaveLength(2);
  expect(Number(/; ([\d.]+) % of the rows were inside/.exec(notes[1])?.[1])).toBeCloseTo(90, -0.5);
  expect(() => learnFromTable(classes, table, 'affine')).toThrow(
    'several classes with scores (softmax) take',
  );
});
