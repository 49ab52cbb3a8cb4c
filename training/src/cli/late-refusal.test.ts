import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';
import { categoryField, numberField, type ToyDraft, writeToy } from '../../testing/made-up-package.ts';
import { createDesign } from '../design.ts';

vi.mock(import('../evaluation/fold-threads.ts'), async (original) => {
  const real = await original();
  // starting threads takes longer than this training; main.system.test.ts starts them
  return { ...real, threadPool: ({ table, columns }) => real.singleThreadPool(createDesign(table, columns)) };
});

const { hearth, said } = useCommandLine();
let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'hearth-late-'));
});
afterEach(() => rm(work, { recursive: true }));

/** Trains on a changed toy package. */
async function train(change: (toy: ToyDraft) => void, ...options: string[]): Promise<number> {
  const { data, remove } = await writeToy(change);
  const places = ['--out', join(work, 'artifact'), '--report', join(work, 'report.html')];
  const quick = ['--engine', 'boosted', '--folds', '2', '--repeats', '1'];
  try {
    return await hearth('train', '--data', data, ...places, ...quick, ...options);
  } finally {
    await remove();
  }
}

/** What makes a package one that no model could be published of or promoted from, and how that is said. */
const faults: [string, (toy: ToyDraft) => void, RegExp[]][] = [
  [
    'a group that is not described',
    ({ fields }) => Object.assign(fields.x.hearth, { group: 'none' }),
    [/datapackage\.json: the column "x" is in the group "none", which does not exist$/],
  ],
  [
    'a field twice',
    ({ descriptor, fields }) => descriptor.resources[0].schema.fields.push(fields.x),
    [/there are two columns named "x"$/],
  ],
  [
    'a bad name of the model',
    ({ descriptor }) => Object.assign(descriptor.hearth, { model: 'My Model' }),
    [/datapackage\.json: hearth\.model: .*"My Model"/],
  ],
  [
    'everything at once',
    ({ descriptor, fields }) => {
      Object.assign(descriptor.hearth, { model: 'My Model' });
      Object.assign(fields.x.hearth, { group: 'none', label: { en: '', 'pt-BR': 'x' } });
      Object.assign(fields.x, { example: 900 });
      descriptor.resources[0].schema.fields.push(fields.x);
    },
    [/My Model/, /two columns named "x"/, /group "none"/, /has an empty label/, /has the example 900/],
  ],
  [
    'a column named __proto__',
    (toy) => {
      toy.descriptor.resources[0].schema.fields[1] = categoryField('__proto__', ['a', 'b', 'c']);
      toy.header = ['x', '__proto__', 'y'];
    },
    [/a column cannot have the name "__proto__": it is reserved in JavaScript$/],
  ],
  [
    'a column with a space before its name',
    (toy) => {
      toy.descriptor.resources[0].schema.fields[1] = categoryField(' c', ['a', 'b', 'c']);
    },
    [/a column cannot have the name " c": it begins or ends with a space$/],
  ],
  [
    'a group named __proto__',
    ({ descriptor, fields }) => {
      descriptor.hearth.groups.push({ name: '__proto__', label: { en: 'C', 'pt-BR': 'C' } });
      Object.assign(fields.x.hearth, { group: '__proto__' });
    },
    [/a group cannot have the name "__proto__"/],
  ],
  [
    'a category twice',
    ({ descriptor }) => {
      descriptor.resources[0].schema.fields[1] = categoryField('c', ['a', 'b', 'c', 'a']);
    },
    [/the column "c" has a category twice$/],
  ],
  [
    'an endless maximum',
    ({ fields }) => Object.assign(fields.x.constraints, { maximum: Infinity }),
    [/field "x", maximum: /],
  ],
  [
    'a range that allows nothing',
    ({ fields }) => Object.assign(fields.x.constraints, { minimum: 200 }),
    [/the column "x" allows nothing: its minimum is 200, its maximum 100$/],
  ],
];

test.each(faults)('%s is refused before training', async (_, change, reasons) => {
  expect(await train(change)).toBe(1);
  const lines = said.complained.trimEnd().split('\n');
  expect(lines).toHaveLength(reasons.length);
  for (const reason of reasons) expect(lines).toContainEqual(expect.stringMatching(reason));
  expect(said.printed).toBe('');
});

const numericTarget = ({ fields }: ToyDraft) => Object.assign(fields.y, { type: 'number', constraints: {} });

test.each([
  ['1e999', /t\.csv, line 3, column "y": "1e999" is too large/],
  ['-1e999', /line 3, column "y": "-1e999" is too large/],
  ['1e300', /line 3, column "y": "1e300" is too large/],
])('a target of %s is refused with its row', async (value, reason) => {
  expect(
    await train((toy) => {
      numericTarget(toy);
      toy.rows[1][2] = value;
    }),
  ).toBe(1);
  expect(said.complained).toMatch(reason);
  expect(said.complained.trimEnd()).not.toContain('\n');
});

test('so are huge values of a column, and a target that hardly varies', async () => {
  const huge = (toy: ToyDraft) => {
    Object.assign(toy.fields.x, { type: 'number', constraints: { minimum: -1.7e308, maximum: 1.7e308 } });
    toy.rows[1][0] = '1.6e308';
  };
  expect(await train(huge)).toBe(1);
  expect(said.complained).toMatch(/line 3, column "x": "1.6e308" is too large/);
  const tiny = (toy: ToyDraft) => {
    numericTarget(toy);
    for (const [i, row] of toy.rows.entries()) row[2] = `${i}e-180`;
  };
  expect(await train(tiny)).toBe(1);
  expect(said.complained).toMatch(/the values of "y" differ by too little/);
});

test.each([
  ['--folds', '0'],
  ['--folds', '1'],
  ['--folds', '256'],
  ['--folds', '-3'],
  ['--folds', '2.5'],
  ['--folds', '1e1'],
  ['--folds', ''],
  ['--repeats', '0'],
  ['--repeats', '1001'],
  ['--repeats', 'many'],
  ['--seed', '-1'],
  ['--seed', '12345678901'],
  ['--columns', 'x,x'],
  ['--columns', ''],
  ['--engine', 'magic'],
])('%s %j is wrong usage, with a message of one line', async (option, value) => {
  expect(await train(() => {}, option, value)).toBe(2);
  expect(said.complained.split('\n')[0]).toMatch(new RegExp(`^hearth: .*${option}`));
  expect(said.complained).not.toContain('    at ');
});

test('more folds than rows are refused before anything is learned', async () => {
  expect(await train(() => {}, '--folds', '100')).toBe(1);
  expect(said.complained).toMatch(/t\.csv: has 60 rows; training needs at least 100 for --folds 100$/m);
});

test('a required column works from training to production', async () => {
  const required = ({ fields }: ToyDraft) => Object.assign(fields.x.constraints, { required: true });
  expect(await train(required)).toBe(0);
  const models = join(work, 'models');
  expect(await hearth('publish', join(work, 'artifact'), '--models', models)).toBe(0);
  expect(await hearth('promote', 'latest', '--models', models)).toBe(0);
  const registry = openRegistry(join(models, 'toy'));
  const model = await registry.load(await registry.production());
  expect(model.check({ c: 'a' }, '')).toEqual([{ pointer: '/x', detail: 'is required' }]);
  expect(model.predict({ x: 90 }).answer).toBeGreaterThan(model.predict({ x: 10 }).answer);
  for (const { row } of model.manifest.golden) expect(row.x).toBeTypeOf('number');
});

const perfect = ({ rows }: ToyDraft) => {
  for (const row of rows) row[2] = Number(row[0]) > 50 ? '1' : '0';
};
/** In each category, the target is always the same. */
const decidedByCategory = (toy: ToyDraft) => {
  for (const [i, row] of toy.rows.entries()) row.splice(1, 2, i % 2 ? 'a' : 'b', i % 2 ? '1' : '0');
  Object.assign(toy.descriptor.hearth, { subgroups: ['c'] });
};
const sameValueInCategory = (toy: ToyDraft) => {
  numericTarget(toy);
  for (const [i, row] of toy.rows.entries()) row.splice(1, 2, i % 2 ? 'a' : 'b', i % 2 ? '7' : `${i}`);
  Object.assign(toy.descriptor.hearth, { subgroups: ['c'] });
};

const manyCategories = ({ descriptor }: ToyDraft) => {
  const values = ['a', 'b', 'c', ...Array.from({ length: 297 }, (_, i) => `L${i}`)];
  descriptor.resources[0].schema.fields[1] = categoryField('c', values);
};
/** A column of each kind; every fifth row has none of them. */
const everyKind = (toy: ToyDraft) => {
  const { fields } = toy.descriptor.resources[0].schema as { fields: object[] };
  const kinds = {
    flag: { type: 'boolean', trueValues: ['yes'], falseValues: ['no'] },
    day: { type: 'date', format: '%d/%m/%Y' },
    at: { type: 'datetime' },
    month: { type: 'yearmonth' },
    grade: { type: 'integer', categories: [1, 2, 3], categoriesOrdered: true },
    shop: { type: 'string' },
  };
  const more = Object.entries(kinds).map(([name, kind]) => numberField(name, { constraints: {}, ...kind }));
  fields.splice(1, 1, ...more);
  toy.header = ['x', ...Object.keys(kinds), 'y'];
  for (const [i, row] of toy.rows.entries()) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const cells = [
      i % 2 ? 'yes' : 'no',
      `${day}/0${1 + (i % 9)}/202${i % 5}`,
      `2024-02-${day} 1${i % 10}:30`,
    ];
    const others = [`202${i % 5}-0${1 + (i % 9)}`, String(1 + (i % 3)), `shop ${i % 40}`];
    row.splice(1, 1, ...[...cells, ...others].map((cell) => (i % 5 ? cell : '')));
  }
};

const thirtyRows = ({ rows }: ToyDraft) => {
  rows.length = 30;
  for (const [i, row] of rows.entries()) row[2] = String(i % 2);
};

test.each([
  ['a column that separates the classes perfectly', perfect, []],
  ['a subgroup of one class', decidedByCategory, []],
  ['a subgroup of one value', sameValueInCategory, []],
  ['as many folds as rows', thirtyRows, ['--folds', '30']],
  ['300 categories, of which 3 are used', manyCategories, []],
  ['a column of each kind', everyKind, []],
])(
  '%s gives a model that can be published, and a report',
  async (_, change, options) => {
    const code = await train(change, ...options);
    expect(code, said.complained).toBe(0);
    expect(await hearth('publish', join(work, 'artifact'), '--models', join(work, 'models'))).toBe(0);
    expect(await hearth('card', 'latest', '--models', join(work, 'models'))).toBe(0);
  },
  60_000,
);

test('a direction that the package declares is kept by what train chooses, so that the gate finds nothing', async () => {
  const against = ({ fields }: ToyDraft) => Object.assign(fields.x.hearth, { monotone: 'decreasing' });
  expect(await train(against, '--engine', 'auto')).toBe(0);
  const models = join(work, 'models');
  expect(await hearth('publish', join(work, 'artifact'), '--models', models)).toBe(0);
  expect(await hearth('promote', 'latest', '--models', models)).toBe(0);
  for (const engine of ['additive', 'ml-random-forest']) {
    expect(await train(against, '--engine', engine, '--columns', 'x', '--force')).toBe(1);
    expect(said.complained).toContain(
      `hearth: ${engine} cannot use the column "x": this learner does not support "monotone"\n`,
    );
  }
});
