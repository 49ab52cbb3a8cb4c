import {
  type CategoryColumn,
  isNumeric,
  limitsOf,
  type Manifest,
  type NumericColumn,
  type Row,
  type TimeColumn,
} from '@hearth/artifact';
import { editManifest, type Mutant } from './mutant.ts';
import type { Random } from './random.ts';

type ManifestMutation = (manifest: Manifest, random: Random) => unknown;

/** Undefined in a model without numbers. */
const numeric = ({ columns }: Manifest, random: Random): NumericColumn | undefined => {
  const numbers = columns.filter(isNumeric);
  return numbers.length > 0 ? random.pick(numbers) : undefined;
};

const column = ({ columns }: Manifest, random: Random) => random.pick(columns);
const badNames = ['__proto__', 'constructor', 'toString', ' age', 'a\u0000b', '', 'x'.repeat(101), '\u202e'];

/** Manifests with invalid columns or groups. */
const columnMutations: Record<string, ManifestMutation> = {
  'a repeated column': (manifest, random) => {
    manifest.columns.push(column(manifest, random));
  },
  'a column with an invalid name': (manifest, random) => {
    column(manifest, random).name = random.pick(badNames);
  },
  'a column in an unknown group': (manifest, random) => {
    column(manifest, random).group = 'nowhere';
  },
  'a column that allows nothing': (manifest, random) => {
    const each = numeric(manifest, random);
    if (each) [each.minimum, each.maximum] = [each.maximum, each.minimum];
  },
  'a column seen outside its range': (manifest, random) => {
    const each = numeric(manifest, random);
    if (each) each.seen = { minimum: limitsOf(each).minimum * 2 - 1, maximum: each.seen.maximum };
  },
  'a column without a limit': ({ columns }, random) => {
    const each = random.pick(columns);
    if ('minimum' in each) delete each[random.pick(['minimum', 'maximum'] as const)];
  },
  'a repeated category': (manifest, random) => {
    const categorical = manifest.columns.filter((each): each is CategoryColumn => each.type === 'category');
    if (categorical.length === 0) return [];
    const { categories } = random.pick(categorical);
    categories.push(categories[0]);
    return undefined;
  },
  'a date that does not exist': ({ columns }, random) => {
    const times = columns.filter(
      (each): each is TimeColumn => each.type === 'date' || each.type === 'datetime',
    );
    if (times.length === 0) return;
    const each = random.pick(times);
    const text = random.pick(['2023-02-30', '0000-01-01', '2024-01-01T24:00', '', '9999-12-31T23:59:59Z']);
    random.pick([each, each.seen])[random.pick(['minimum', 'maximum'] as const)] = text;
  },
  'another time zone': (manifest, random) => {
    manifest.timeZone = random.pick([undefined, 'UTC', 'Mars/Olympus', '+03:00', '']);
  },
  'fewer texts': (manifest, random) => {
    const { columns, data } = manifest;
    const holder: object = random.pick([manifest, ...columns, data]);
    const stated = ['title', 'outcome', 'population', 'label', 'description', 'group', 'licence', 'sources'];
    for (const name of stated) if (random.bool(0.5)) Reflect.deleteProperty(holder, name);
  },
  'an empty label': (manifest, random) => {
    column(manifest, random).label = { en: '' };
  },
  'a removed group': (manifest) => {
    manifest.groups?.pop();
  },
};

/** Manifests that do not match their trees, or are not valid. */
const otherMutations: Record<string, ManifestMutation> = {
  'another format': (manifest, random) =>
    Object.assign(manifest, { format: random.pick([1, 2, 3, 4, 9, 1e9]) }),
  'an extra member': (manifest, random) =>
    Object.assign(manifest, {
      [random.pick(['run', 'script', 'path'])]: random.pick(['rm -rf /', null, {}]),
    }),
  'a removed member': (manifest, random) => {
    delete (manifest as Record<string, unknown>)[random.pick(Object.keys(manifest))];
  },
  'a member of another type': (manifest, random) =>
    Object.assign(manifest, {
      [random.pick(Object.keys(manifest))]: random.pick([null, 7, 'text', [], {}, true]),
    }),
  'an unexpected file': (manifest, random) =>
    Object.assign(manifest.files, {
      [random.pick(['../../etc/passwd', '/dev/zero', 'spread.safetensors', 'model.json'])]: {
        sha256: '0'.repeat(64),
        bytes: random.below(100),
      },
    }),
  'no files': (manifest) => Object.assign(manifest, { files: {} }),
  'a feature of an unknown column': (manifest, random) => {
    random.pick(manifest.features).column = random.pick(['nothing', '__proto__', '']);
  },
  'a removed feature': (manifest) => {
    manifest.features.pop();
  },
  'features in another order': (manifest) => {
    manifest.features.reverse();
  },
  'another base or divisor': (manifest, random) => {
    const each = manifest.interval && random.bool(0.3) ? manifest.interval : manifest.answer;
    each[random.pick(['base', 'divisor'] as const)] = random.pick([0, -1, 1e-300, 1e300, 0.5, -1e6, 1.7e308]);
  },
  'another link': ({ answer }, random) => {
    answer.link = random.pick(
      (['identity', 'logit', 'log', 'softmax', 'share'] as const).filter((link) => link !== answer.link),
    );
  },
  'another way to the score': ({ answer }, random) => {
    const numbers = random.pick([[], [1], [1, 2, 3], [0, 0, 0], 0, 1e300, -1]);
    Object.assign(
      answer,
      random.pick([
        { base: numbers },
        { divisor: numbers },
        { scale: numbers },
        { offset: numbers },
        { baseFirst: !answer.baseFirst },
        { precision: 'float32' },
        { recalibration: { intercept: 0, slope: 2 } },
      ]),
    );
  },
  'a feature derived otherwise': ({ features }, random) => {
    const feature = random.pick(features);
    for (const name of ['equals', 'in', 'numbers', 'part', 'nonzero', 'above', 'log'] as const)
      delete feature[name];
    Object.assign(
      feature,
      random.pick([
        { in: random.below(1 << 20) },
        { numbers: [1] },
        { above: 0 },
        { log: true },
        { nonzero: random.pick([0, 1e-35, 1e300, -1]) },
        { part: random.pick(['year', 'hour', 'days', 'century']) },
        { equals: 'x' },
        { in: 0, above: 0 },
      ]),
    );
  },
  'wild numbers of categories, or a wild bend': ({ features }, random) => {
    const derived = features.filter(({ numbers, above }) => numbers ?? above !== undefined);
    const wild = random.pick([1.7e308, -1.7e308, 1e-320, 0]);
    if (derived.length === 0) features.push({ ...features[0], above: wild });
    else {
      const feature = random.pick(derived);
      if (feature.above !== undefined) feature.above = wild;
      if (feature.numbers) feature.numbers[random.below(feature.numbers.length)] = random.pick([wild, null]);
    }
  },
  'a set that begins elsewhere': ({ features }, random) => {
    const set = features.find((feature) => feature.in !== undefined);
    if (set) set.in = random.pick([1, 3, 2 ** 31, Number.MAX_SAFE_INTEGER]);
  },
  'other statements of the data': ({ data, columns }, random) => {
    const name = random.pick([...columns.map((each) => each.name), 'nothing', '__proto__']);
    const { rows } = data;
    Object.assign(
      data,
      random.pick<Partial<Manifest['data']>>([
        { rows: random.pick([0, rows + 1, Number.MAX_SAFE_INTEGER]) },
        { missing: { [name]: random.pick([0, rows, rows + 1]) } },
        {
          bins: [{ column: name, edges: [0, 1, random.pick([1, 2, -1])], counts: [1, rows - 1], missing: 0 }],
        },
        {
          bins: [{ column: name, values: ['a', random.pick(['a', 'b'])], counts: [1, rows - 1], missing: 0 }],
        },
        { classes: [rows, random.pick([0, 1])] },
        { prior: { training: 0.5, population: random.pick([0, 1, 0.1]) } },
        { decision: { threshold: random.pick([0, 1, 2]) } },
        { weights: { column: name, kind: 'count' }, groups: name, time: name },
      ]),
    );
  },
  'other sizes of the file of out-of-fold predictions': (manifest, random) => {
    const rows = random.pick([0, 1, 2, 1e9]);
    Object.assign(manifest.evaluation ?? {}, { outOfFold: { rows, of: random.pick([rows, 1]), seed: 1 } });
  },
  'quantiles of an outcome': ({ interval }, random) => {
    if (interval) {
      const low = random.pick([-1, 1, 1.7e308, -1.7e308]);
      const given = random.pick([0, 0.5, 1, 2]);
      interval.outcome = {
        method: 'by hand',
        of: random.pick(['difference', 'ratio']),
        noise: random.pick([0, 1, -1, 1.7e308]),
        quantiles: [
          { given: 0.5, low, high: 0 },
          { given, low: 0, high: 1 },
        ],
      };
    }
  },
  'very many outputs': (manifest, random) => {
    const count = random.pick([1000, 1001]);
    const classes = Array.from({ length: count }, (_, i) => ({ value: `${i}` }));
    const quantiles = classes.map((_, i) => (i + 1) / (count + 1));
    manifest.target = random.bool(0.5)
      ? { name: manifest.target.name, type: 'classes', classes }
      : { name: manifest.target.name, type: 'numeric', quantiles };
  },
  'another target': (manifest, random) => {
    const { name } = manifest.target;
    manifest.target = random.pick<Manifest['target']>([
      { name, type: 'binary' },
      { name, type: 'numeric' },
      { name, type: 'numeric', quantiles: [0.1, 0.9] },
      { name, type: 'count' },
      { name, type: 'classes', classes: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    ]);
  },
  'a golden row with other outputs': (manifest, random) => {
    random.pick(manifest.golden).outputs = random.pick([[], [0.5], [0.2, 0.3, 0.5]]);
  },
  'a golden row with another answer': (manifest, random) => {
    random.pick(manifest.golden).answer += random.pick([1e-9, 0.1, -1, 1e300]);
  },
  'an invalid golden row': (manifest, random) => {
    const impossible: Row[] = [{ nothing: 1 }, { age: 1e9 }, { age: 'old' }, { sex: 'x' }];
    Object.assign(random.pick(manifest.golden), { row: random.pick(impossible) });
  },
  'removed golden rows': (manifest, random) => {
    manifest.golden.length = random.below(2);
  },
};

/** Texts that `JSON.stringify` cannot produce. */
const textMutations: Record<string, (text: string, random: Random) => string> = {
  'deep nesting': (text, random) => {
    const levels = random.pick([33, 500, 10_000]);
    return text.replace(/^\{/, `{"deep":${'['.repeat(levels)}${']'.repeat(levels)},`);
  },
  'a number too large': (text, random) =>
    text.replace(/"(base|seed|minimum|mean)":\s*-?[\d.e+-]+/, `"$1":${random.pick(['1e999', '-1e999'])}`),
  'an inherited member': (text, random) =>
    text.replace(
      /^\{/,
      `{"${random.pick(['__proto__', 'constructor', '\\u005f_proto__', 'toString'])}":{"a":1},`,
    ),
  'a NaN': (text) => text.replace(/"divisor":\s*[\d.e+-]+/, '"divisor":NaN'),
};

export function mutateColumns(mutant: Mutant, random: Random): string {
  return applyOne(mutant, columnMutations, random);
}

export function mutateManifest(mutant: Mutant, random: Random): string {
  return applyOne(mutant, otherMutations, random);
}

function applyOne(mutant: Mutant, mutations: Record<string, ManifestMutation>, random: Random): string {
  const [name, mutate] = random.pick(Object.entries(mutations));
  editManifest(mutant, (manifest) => {
    mutate(manifest, random);
  });
  return name;
}

export function mutateText(mutant: Mutant, random: Random): string {
  const [name, mutate] = random.pick(Object.entries(textMutations));
  mutant.manifest = Buffer.from(mutate(mutant.manifest.toString('utf8'), random));
  return name;
}
