import { expect, test } from 'vitest';
import { linesOf, numberField, useToys } from '../../testing/made-up-package.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

const toy = useToys();

/** The table of a toy whose 40 targets are `a` in 10 rows and `b` in the others. */
async function read(a: string, b: string, target: Record<string, unknown>, positive?: unknown) {
  const lines = linesOf(40, (i) => String(i % 7)).map((line, i) => line.replace(/,.*/, `,${i % 4 ? b : a}`));
  return readTable(await readPackage(await toy({ fields: [numberField('x')], lines, target, positive })));
}
const rowsOfOne = ({ target }: { target: Float64Array }) => target.reduce((sum, y) => sum + y, 0);
const both = (text: string) => ({ en: text });

test.each([
  ['yes', 'no', 10, 'by its name'],
  ['não', 'sim', 30, 'by its name'],
  ['M', 'R', 10, 'the rarer value'],
])('of the texts %s and %s, the positive one is predicted, or the rarer one', async (a, b, rows, why) => {
  const table = await read(a, b, { type: 'string' });
  const positive = rows === 10 ? a : b;
  expect(rowsOfOne(table)).toBe(rows);
  expect(table.labels).toEqual({ 0: both(positive === a ? b : a), 1: both(positive) });
  expect(table.notes).toContain(
    `The target "y" has two values: the probability of "${positive}" is predicted (${why}); hearth.positive names another.`,
  );
});

test('hearth.positive says which of two values is predicted', async () => {
  expect(rowsOfOne(await read('M', 'R', { type: 'string' }, 'R'))).toBe(30);
  expect(rowsOfOne(await read('1', '2', { type: 'integer' }, 2))).toBe(30);
  expect(rowsOfOne(await read('TRUE', 'FALSE', { type: 'boolean' }, 'FALSE'))).toBe(30);
});

test('0 and 1 are two classes without being listed, with a word', async () => {
  const { kind, labels, notes } = await read('1', '0', { type: 'integer' });
  expect([kind, labels, notes?.length]).toEqual(['binary', undefined, 1]);
});

test('0 and 1 have the labels that the data package gives them', async () => {
  const categories = [
    { value: 0, label: 'died' },
    { value: 1, label: 'lived' },
  ];
  expect((await read('1', '0', { type: 'integer', categories })).labels).toEqual({
    0: both('died'),
    1: both('lived'),
  });
});

test('two other numbers are quantities', async () => {
  expect((await read('1', '2', { type: 'integer' })).kind).toBe('numeric');
});

test('hearth.positive that no row has is refused with the values', async () => {
  await expect(read('M', 'R', { type: 'string' }, 'W')).rejects.toThrow(
    't.csv: "y" is never "W", which hearth.positive names; it is "M", "R"',
  );
});
