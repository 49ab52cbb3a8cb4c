import { expect, test } from 'vitest';
import { linesOf, numberField, type Toy, useToys } from '../../testing/made-up-package.ts';
import type { Fault } from './fault.ts';
import { readPackage } from './package.ts';
import { readTable } from './table.ts';

const toy = useToys();
const number = (name: string, constraints = {}) => numberField(name, { type: 'number', constraints });

/** The faults of a table, without the folder. */
async function faultsOf(made: Toy, ofPackage: Fault[] = []): Promise<string[]> {
  const data = await readPackage(await toy(made));
  const error: Error = await readTable(data, ofPackage).then(
    () => expect.unreachable(),
    (reason) => reason,
  );
  return error.message.replaceAll(`${data.folder}/`, '').split('\n');
}

test('faults of cells, sizes, repeated values, weights, columns and target are found in one round', async () => {
  const faults = await faultsOf({
    fields: [number('a'), number('b'), number('c', { unique: true }), number('d'), number('w'), number('e')],
    header: 'a,b,c,d,w,y',
    lines: Array.from(
      { length: 20 },
      (_, i) => `${i === 1 ? 'x' : i},${i === 2 ? '1e60' : i},${i % 19},,${i === 3 ? -1 : 1},1`,
    ),
    hearth: { weight: 'w' },
  });
  expect(faults).toEqual([
    't.csv, line 1: the column "e" of datapackage.json is missing; the table has a, b, c, d, w, y',
    't.csv, line 3, column "a": "x" is not a number; allowed: a number, or an empty cell for a missing value',
    't.csv, line 4, column "b": "1e60" is too large for a number; allowed: a number, or an empty cell for a missing value',
    't.csv, line 21, column "c": "0" is the value of line 2 too, but is unique',
    't.csv, line 5, column "w": "-1" is not above 0; leave rows without weight out of the table',
    't.csv: every row has the same "y": there is nothing to learn',
    't.csv: has 20 rows; training needs at least 30',
    't.csv: no row has a value of "d"; take that out of datapackage.json',
  ]);
});

test('what follows from another fault is not named', async () => {
  const lines = linesOf(32, (i) => `${i % 5},${i}`).map((line, i) => (i < 20 ? `${line}x` : line));
  expect(await faultsOf({ fields: [number('a'), number('b')], lines })).toEqual([
    expect.stringMatching(/^t\.csv, line 2, column "y": "0x" is not a number;/),
  ]);
});

test('faults of the package come first; cells of a field that it names are not judged', async () => {
  const made = { fields: [number('a'), number('b')], lines: linesOf(40, (i) => `x${i},z`) };
  const faults = await faultsOf(made, [
    { place: 'datapackage.json: field "a"', field: 'a', text: 'is wrong' },
  ]);
  expect(faults).toEqual([
    'datapackage.json: field "a": is wrong',
    expect.stringMatching(/^t\.csv, line 2, column "b": "z" is not a number;.*; the same in 39 more rows$/),
  ]);
});

test('other cells of a column with the same fault are told with it, three of them with their place', async () => {
  const made = { fields: [number('a'), number('b')], lines: linesOf(40, (i) => `x${i},${i}`) };
  expect(await faultsOf(made)).toEqual([
    expect.stringMatching(
      /"x0" is not a number; .*; likewise "x1" in line 3, "x2" in line 4, "x3" in line 5 and 36 more rows$/,
    ),
  ]);
});

test('of more than ten faults, the rest is counted', async () => {
  const names = Array.from({ length: 13 }, (_, i) => `c${i}`);
  const lines = linesOf(40, () => names.map(() => 'z').join());
  const faults = await faultsOf({ fields: names.map((name) => number(name)), lines });
  expect(faults).toHaveLength(11);
  expect(faults.at(-1)).toBe('and 3 more');
});
