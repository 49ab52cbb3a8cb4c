import { rowCheck } from '@hearth/artifact';
import { cellReader } from '@hearth/artifact/text-table';
import { expect, test } from 'vitest';
import { categoryField, linesOf, numberField, type Toy, useToys } from '../../../testing/made-up-package.ts';
import { describeColumns } from '../columns.ts';
import { readPackage } from '../package.ts';
import { readTable } from '../table.ts';

const toy = useToys();
const read = async (made: Toy) => readTable(await readPackage(await toy(made)));
const field = (type: string, more: object = {}) => numberField('x', { type, constraints: {}, ...more });
/** Forty rows with these cells in turn, and the column that they become. */
async function columnOf(made: object, cells: readonly string[], more: Partial<Toy> = {}) {
  const table = await read({
    fields: [made as Toy['fields'][number]],
    lines: linesOf(40, (i) => cells[i % cells.length]),
    ...more,
  });
  const [column] = describeColumns(table);
  // what training learns from is a value that serving accepts
  for (const row of table.inputs) expect(rowCheck([column], 'UTC')(row, '')).toEqual([]);
  const values = table.inputs.slice(0, cells.length).map(({ x }) => x);
  // and its text in a table means the same to a reader of the artifact
  if (column.name === 'x') expect(cells.map((cell) => cellReader(column, '.', 'UTC')(cell))).toEqual(values);
  return { column, values };
}

test('a boolean has the texts of the standard, or those that the field names', async () => {
  const plain = await columnOf(field('boolean'), ['true', 'False', '1', '']);
  expect(plain.values).toEqual([true, false, true, null]);
  expect(plain.column).toMatchObject({ type: 'boolean', required: false });
  const own = await columnOf(field('boolean', { trueValues: ['yes', 'y'], falseValues: ['no'] }), [
    'yes',
    'no',
    'y',
  ]);
  expect(own.values).toEqual([true, false, true]);
  expect(own.column).toMatchObject({ trueValues: ['yes', 'y'], falseValues: ['no'] });
});

test('a date has the form of the standard, or the one that the field names', async () => {
  const iso = await columnOf(field('date'), ['2024-02-29', '1999-12-31']);
  expect(iso.column).toMatchObject({
    type: 'date',
    seen: { minimum: '1999-12-31', maximum: '2024-02-29' },
  });
  const own = await columnOf(field('date', { format: '%d/%m/%Y' }), ['29/02/2024', '1/12/2020']);
  expect(own.column).toMatchObject({
    format: '%d/%m/%Y',
    seen: { minimum: '2020-12-01', maximum: '2024-02-29' },
  });
  expect(own.values).toEqual(['2024-02-29', '2020-12-01']);
});

test('a month is the date of its first day, a year a whole number', async () => {
  const month = await columnOf(field('yearmonth'), ['2024-02', '2023-11']);
  expect(month.values).toEqual(['2024-02-01', '2023-11-01']);
  const year = await columnOf(field('year'), ['1998', '2004']);
  expect(year.column).toMatchObject({ type: 'integer', minimum: 1, maximum: 9999, seen: { minimum: 1998 } });
});

test('a time with an offset is on the clock of the package', async () => {
  const { column } = await columnOf(field('datetime'), ['2024-02-29T23:30:00Z', '2024-02-29 12:00']);
  expect(column).toMatchObject({ type: 'datetime', seen: { maximum: '2024-02-29T23:30:00' } });
});

test('thousands are grouped as the field says', async () => {
  const grouped = field('number', { groupChar: ' ', constraints: { minimum: 0, maximum: 1e7 } });
  expect((await columnOf(grouped, ['1 234.5', '7', '1 000 000'])).values).toEqual([1234.5, 7, 1e6]);
  const points = field('number', { groupChar: '.', constraints: { minimum: 0, maximum: 1e7 } });
  await expect(columnOf(points, ['1.234'])).rejects.toThrow(
    'field "x", groupChar: "." is the decimal sign of a table with "," between cells',
  );
});

test('integers with categories are categories, in their order', async () => {
  const coded = field('integer', {
    categories: [{ value: 0, label: 'low' }, { value: 1, label: 'high' }, { value: 2 }],
    categoriesOrdered: true,
  });
  const { column, values } = await columnOf(coded, ['0', '1']);
  expect(values).toEqual(['0', '1']);
  expect(column).toMatchObject({
    type: 'category',
    ordered: true,
    unseen: ['2'],
    categories: [{ value: '0', label: { en: 'low' } }, { value: '1', label: { en: 'high' } }, { value: '2' }],
  });
});

test('a string without a list has the categories of its table, and is open above fifty', async () => {
  const few = await columnOf(field('string'), ['b', 'a', '']);
  expect(few.column).toMatchObject({ categories: [{ value: 'a' }, { value: 'b' }] });
  expect(few.column).not.toHaveProperty('open');
  const many = { lines: linesOf(60, (i) => `v${i % 51}`) };
  const shop = { ...field('string'), name: 'shop' };
  expect((await columnOf(shop, ['v0'], many)).column).toMatchObject({ open: true });
  const closed = { ...shop, hearth: { open: false } };
  expect((await columnOf(closed, ['v0'], many)).column).not.toHaveProperty('open');
});

test('an open list takes up what the table has besides it', async () => {
  const open = categoryField('x', ['b']);
  Object.assign(open.hearth, { open: true });
  const { column } = await columnOf(open, ['b', 'a']);
  expect(column).toMatchObject({ open: true, categories: [{ value: 'b' }, { value: 'a' }] });
});

test.each([
  ['a', ' a', 'begins or ends with a space'],
  ['a', 'x'.repeat(101), 'has more than 100 characters'],
  ['a', 'x\u0007', 'has a character that cannot be printed'],
])('%s and %s cannot be categories', async (one, other, fault) => {
  const open = field('string', { hearth: { open: true } });
  await expect(columnOf(open, [one, `"${other}"`])).rejects.toThrow(
    new RegExp(`line 3, column "x": ".*" ${fault}`),
  );
});

test('a unique field has no value twice', async () => {
  const unique = field('string', { constraints: { unique: true } });
  await expect(columnOf(unique, ['a', 'b', 'a'])).rejects.toThrow(
    'line 4, column "x": "a" is the value of line 2 too, but is unique',
  );
});
