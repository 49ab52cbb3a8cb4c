import { expect, test } from 'vitest';
import { linesOf, numberField, useToys } from '../testing/made-up-package.ts';
import { readPackage } from './data/package.ts';
import { readTable } from './data/table.ts';
import { createDesign } from './design.ts';
import { brier } from './evaluation/metrics.ts';
import { predictOutOfFold } from './evaluation/out-of-fold.ts';
import { maskRows } from './grow/sums/masked-rows.ts';
import { createLearner } from './learners/index.ts';
import type { Learner } from './learners/learner.ts';
import { createRandom } from './random.ts';

const toy = useToys();
const field = (name: string, type: string, more: object = {}) =>
  numberField(name, { type, constraints: {}, ...more });

const fields = [
  field('size', 'number'),
  field('flag', 'boolean'),
  field('day', 'date'),
  field('at', 'datetime'),
  field('grade', 'string', { categories: ['low', 'middle', 'high'], categoriesOrdered: true }),
  field('town', 'string'),
  field('shop', 'string', { hearth: { open: true } }),
];
const two = (n: number) => String(n).padStart(2, '0');
const lines = linesOf(800, (i) => {
  const day = `20${10 + (i % 9)}-${two(1 + (i % 12))}-${two(1 + (i % 28))}`;
  const cells = [i / 7, i % 3 === 0, day, `2024-02-05T${two(i % 24)}:30:00Z`];
  const others = [['low', 'middle', 'high'][i % 3], `town ${i % 5}`, `shop ${i % 300}`];
  return [...cells, ...others].map((cell) => (i % 11 ? cell : '')).join(',');
});
const design = async () => createDesign(await readTable(await readPackage(await toy({ fields, lines }))));
const everyRow = Int32Array.from({ length: 800 }, (_, i) => i);

test('learners see of each column what varies in it', async () => {
  const { features } = await design();
  const shown = features.map(({ column, equals, part, numbers }) =>
    [column, equals ?? part ?? (numbers && 'numbers')].filter(Boolean).join(' '),
  );
  expect(shown).toEqual([
    'size',
    'flag',
    ...['days', 'dayOfYear', 'weekday'].map((part) => `day ${part}`),
    ...['days', 'hour'].map((part) => `at ${part}`),
    'grade numbers',
    ...Array.from({ length: 5 }, (_, i) => `town town ${i}`),
    'shop',
  ]);
});

test('held-out rows have the features that a reader of the artifact computes', async () => {
  const whole = await design();
  const learned = whole.forRows(everyRow.filter((row) => row % 4 !== 0));
  const read = learned.adding([]).read();
  expect(learned.features.at(-1)).toMatchObject({ column: 'shop', numbers: expect.any(Array) });
  for (let row = 0; row < 800; row += 4) expect(learned.x[row]).toEqual(read[row]);
  const without = (x: Float64Array) => x.slice(0, -1);
  expect(whole.x.map(without)).toEqual(read.map(without));
});

test('what belongs to one column is hidden together', async () => {
  const { binned } = (await design()).forRows(everyRow);
  const { table, copies, redraw } = maskRows(binned, everyRow.slice(1, 11), { copies: 40 });
  redraw(createRandom(1));
  const [days, ofYear] = table.columns.filter(({ owner }) => owner === 2);
  const isMissing = ({ bins, size }: typeof days) => Array.from(bins, (bin) => bin === size);
  expect(isMissing(days)).toEqual(isMissing(ofYear));
  expect(isMissing(days).filter(Boolean).length).toBeGreaterThan(copies);
});

test('a table without large categories has one design for all rows', async () => {
  const table = await readTable(
    await readPackage(
      await toy({
        fields: fields.slice(0, 6),
        lines: lines.map((line) => line.replace(/,[^,]*(,\d)$/, '$1')),
      }),
    ),
  );
  const whole = createDesign(table);
  expect(whole.forRows(everyRow)).toBe(whole);
  expect(whole.x).toEqual(whole.adding([]).read());
});

test('categories that say nothing do not change the answer to rows that are held out', async () => {
  const random = createRandom(8);
  const noise = linesOf(800, () => `1,shop ${random.below(300)}`);
  const plain = [field('size', 'number'), field('shop', 'string', { hearth: { open: true } })];
  const table = await readTable(await readPackage(await toy({ fields: plain, lines: noise })));
  const whole = createDesign(table);
  const learner = createLearner({ learner: 'regression' }, whole) as Learner;
  const { whole: predicted } = predictOutOfFold(learner, whole, { folds: 4, repeats: 1, seed: 1 });
  // a model that had seen the own targets of its training rows would be sure, and wrong
  expect(brier(table.target, predicted[0])).toBeLessThan(0.26);
});
