import { expect, test } from 'vitest';
import { faultLine } from '../data/fault.ts';
import { type Hints, infer } from './infer.ts';
import type { RawCell } from './raw-table.ts';

const rows = 60;
/** A table of 60 rows: a target y of yes and no, a number x, and these columns, whose cells repeat. */
function inferred(
  columns: Record<string, readonly RawCell[]>,
  hints: Partial<Hints> = {},
  decimal: '.' | ',' = '.',
) {
  const all = { y: ['no', 'yes', 'no'], x: ['1.5', '2', '7', '0'], ...columns };
  const table = {
    path: 't.csv',
    columns: Object.keys(all).map((name) => ({ name })),
    rows: Array.from({ length: rows }, (_, i) => ({
      cells: Object.values(all).map((cells) => cells[i % cells.length]),
    })),
    decimal,
  };
  return infer(table, { target: 'y', ...hints });
}
const columnOf = (cells: readonly RawCell[], name = 'c', hints?: Partial<Hints>, decimal?: '.' | ',') => {
  const found = inferred({ [name]: cells }, hints, decimal).columns.find((each) => each.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
};
const each = (cell: (i: number) => RawCell) => Array.from({ length: rows }, (_, i) => cell(i));

test.each<[string, readonly RawCell[], string, string[]]>([
  ['numbers', ['1', '2.5', '-3', ''], 'number', []],
  ['whole numbers with few values', ['1', '2', '3'], 'integer', []],
  ['typed numbers', [1, 2.5, null, 7], 'number', []],
  [
    'numbers among NA and words for missing',
    ['1', '2', 'NA', 'unknown', '?', '.'],
    'integer',
    ['NA', 'unknown', '?', '.'],
  ],
  ['texts among NA', ['red', 'blue', 'NA'], 'string', ['NA']],
  ['texts, of which unknown may be one', ['red', 'blue', 'unknown'], 'string', []],
  ['codes of countries, of which NA is Namibia', ['BR', 'PT', 'AO', 'MZ', 'CV', 'NA'], 'string', []],
  ['+ and -, neither of them missing', ['+', '-', '+'], 'string', []],
  ['true and false', ['TRUE', 'FALSE', 'NA'], 'boolean', ['NA']],
  ['yes and no, which stay categories', ['yes', 'no'], 'string', []],
  ['dates', ['2024-02-29', '1999-12-31', ''], 'date', []],
  ['times, with a space or an offset', ['2024-02-29 10:00:00', '2024-02-29T10:00:00Z'], 'datetime', []],
  ['dates that do not exist', ['2023-02-30', '2024-01-01'], 'string', []],
  ['codes with leading zeros', ['007', '010', '100'], 'string', []],
  ['whole numbers beyond float64', ['9007199254740993', '1', '2'], 'string', []],
])('%s', (_, cells, type, missing) => {
  expect(columnOf(cells)).toMatchObject({ type, missing });
});

test('a decimal comma makes numbers where the table has it', () => {
  expect(columnOf(['1,5', '2', '1,234'], 'c', {}, ',').type).toBe('number');
  expect(columnOf(['1,5', '2', '1,234']).type).toBe('string');
});

test.each([
  [['1.234,50', '12,5', '1.000.000'], ',', '.'],
  [['1,234.50', '12.5'], '.', ','],
  [['1 234', '999'], '.', ' '],
] as const)('%s are numbers with thousands', (cells, decimal, groupChar) => {
  expect(columnOf(cells, 'c', {}, decimal)).toMatchObject({ groupChar, doubts: [] });
});

test.each([
  [['29/02/2024', '1/3/2024'], '%d/%m/%Y', false],
  [['02/29/2024', '3/1/2024'], '%m/%d/%Y', false],
  [['01.02.2024', '03.04.2024'], '%d.%m.%Y', true],
  [['2024/2/29', '2024/03/01'], '%Y/%m/%d', false],
])('dates such as %s have the format %s', (cells, format, isDoubtful) => {
  const column = columnOf(cells);
  expect([column.type, column.format]).toEqual(['date', format]);
  expect(column.doubts.some((doubt) => doubt.includes('other way round'))).toBe(isDoubtful);
});

test.each<[string, string, readonly RawCell[], RegExp]>([
  ['row numbers', 'n', each((i) => i + 1), /^an id: 60 different values in 60 rows$/],
  ['different numbers that are called id', 'patient_id', each((i) => i * 7 + 3), /^an id/],
  ['different texts', 'name', each((i) => `n${i}`), /^an id/],
  ['ids that repeat', 'SubjectID', each((i) => i % 15), /^an id of 15 subjects or groups, in 60 rows$/],
  [
    'sentences',
    'note',
    each((i) => `the patient came ${i % 40} times`),
    /^free text: 40 different texts in 60 rows$/,
  ],
  ['nothing', 'c', ['', 'NA'], /^it is empty$/],
  ['one value', 'c', ['a', ''], /^it is always a$/],
  ['long texts', 'c', ['a', 'b'.repeat(101)], /^texts of more than 100 characters$/],
])('%s are left out', (_, name, cells, why) => {
  expect(columnOf(cells, name).leftOut?.why).toMatch(why);
});

test('different numbers, and a few numbers that are called id, are kept', () => {
  expect(columnOf(each((i) => i * 7 + 3)).leftOut).toBeUndefined();
  expect(columnOf(['1', '2', '3'], 'id').leftOut).toBeUndefined();
  expect(
    columnOf(
      each((i) => i % 15),
      'X',
    ).leftOut,
  ).toBeUndefined();
});

test.each<[string, string, readonly RawCell[], RegExp]>([
  [
    'a number far below the others',
    'c',
    ['1', '2', '3', '-99'],
    /^is -99, in 15 rows, a code for a missing value\?/,
  ],
  ['a number far above the others', 'c', ['1', '2', '3', '4', '99'], /^is 99, in 12 rows/],
  ['a word', 'c', ['red', 'blue', 'unknown'], /^"unknown": a category here; if it means a missing value/],
  [
    'numbers with a few faults',
    'c',
    each((i) => (i === 7 ? '<5' : String(i % 30))),
    /^numbers, except "<5" in 1 of 60 rows/,
  ],
  ['ids that repeat', 'id', each((i) => i % 15), /^rows of one "id" belong together.*--group "id"$/],
  ['numbers that name something', 'zip_code', ['1', '5', '9'], /^are these numbers codes\?/],
  [
    'how often a row occurred',
    'Freq',
    ['1', '0', '670'],
    /^does a row stand for so many rows\?.*--count Freq$/,
  ],
])('%s is doubtful', (_, name, cells, doubt) => {
  expect(columnOf(cells, name).doubts).toEqual([expect.stringMatching(doubt)]);
});

test.each(['0', '8', '10', '5'])('a number like the others, such as %s, is not doubtful', (last) => {
  expect(columnOf(['1', '7', '9', '3', last]).doubts).toEqual([]);
});

test('what the user names is missing in every column, and a column that the user leaves out is', () => {
  const { columns } = inferred(
    { c: ['1', '2', '-99'], d: ['a', 'b', '-99'] },
    { missing: ['-99'], leaveOut: ['x'] },
  );
  expect(columns.map(({ missing }) => missing)).toEqual([[], ['-99'], ['-99']]);
  expect(columns[0].leftOut).toEqual({ why: '--leave-out' });
});

test('of a target of two values, the one with a positive word is predicted, else the rarer, else the named one', () => {
  expect(inferred({}).target).toMatchObject({ kind: 'binary', positive: 'yes', negative: 'no' });
  expect(inferred({ y: ['M', 'R', 'M'] }).target).toMatchObject({ positive: 'R' });
  expect(inferred({ y: ['M', 'R', 'M'] }, { positive: 'M' }).target).toMatchObject({ positive: 'M' });
  expect(inferred({ y: [1, 0, 0] }).target).toMatchObject({ positive: '1' });
});

test('a target of more numbers is a number, of more texts it has classes', () => {
  expect(inferred({ y: ['1', '2', '3'] }).target).toMatchObject({
    kind: 'numeric',
    why: 'a number; if its 3 values are classes: --classes',
  });
  expect(inferred({ y: ['1', '2', '3'] }, { classes: true }).target).toMatchObject({
    kind: 'classes',
    type: 'string',
  });
  expect(inferred({ y: ['a', 'b', 'c'] }).target).toMatchObject({
    kind: 'classes',
    why: '3 classes: "a", "b", "c"',
  });
});

test('whole numbers from 0 that are small are said to be perhaps counts, and are counts only if the user says so', () => {
  const y = ['0', '2', '1', '0', '3'];
  expect(inferred({ y }).target).toMatchObject({
    kind: 'numeric',
    why: 'a number; if its 4 values are classes: --classes; if it counts events: --counts',
  });
  expect(inferred({ y: ['100', '200', '0'] }).target.why).not.toContain('--counts');
  expect(inferred({ y: ['-1', '2', '0'] }).target.why).not.toContain('--counts');
  expect(inferred({ y }, { counts: true }).target).toMatchObject({ kind: 'count', why: 'a count' });
  expect(inferred({ y: ['1.5', '2', '0'] }, { counts: true }).target).toMatchObject({
    kind: 'none',
    why: '"y" has "1.5"; --counts is for whole numbers from 0',
  });
});

test.each<[string, Record<string, readonly RawCell[]>, Partial<Hints>, RegExp]>([
  ['an unknown target', {}, { target: 'Y' }, /^t\.csv: has no column "Y"; it has y, x; did you mean "y"\?$/],
  ['a target that is always the same', { y: ['a'] }, {}, /every row has the same "y", "a"/],
  ['a target without values', { y: ['', 'NA'] }, {}, /"y" has no value in any row/],
  [
    'a positive value that no row has',
    {},
    { positive: 'Yes' },
    /"y" is never "Yes"; --positive takes "no" or "yes"$/,
  ],
  [
    'a positive value of a number',
    { y: ['1', '2', '3'] },
    { positive: '1' },
    /has 3 different values; --positive is for a target of two$/,
  ],
  ['a target of dates', { y: each((i) => `2024-01-${10 + (i % 20)}`) }, {}, /"y" is a date/],
  [
    'a status with a time',
    { status: ['0', '1'], time: each((i) => i * 3) },
    { target: 'status' },
    /look like survival data.*--leave-out "time"$/s,
  ],
  ['no column to learn from', {}, { leaveOut: ['x'] }, /there is no column to predict "y" from/],
])('%s is refused', (_, columns, hints, message) => {
  expect(inferred(columns, hints).faults.map(faultLine).join('\n')).toMatch(message);
});

test('the sets of a matched study are refused without a prior', () => {
  const sets = { stratum: each((i) => Math.floor(i / 3)) };
  expect(inferred(sets).faults.map(faultLine).join('\n')).toMatch(
    /^t\.csv: almost all 20 values of "stratum" have 1 row with y = yes and 2 rows without: this is a matched study/,
  );
  expect(inferred(sets, { sampling: { prior: 0.02 } }).faults).toEqual([]);
});

test('a column that says how rows came about is neither left out nor doubtful', () => {
  const { columns } = inferred({ id: each((i) => i % 15) }, { sampling: { group: 'id' } });
  const id = columns.find(({ name }) => name === 'id');
  expect(id).toMatchObject({ why: 'the group of each row', doubts: [] });
  expect(id?.leftOut).toBeUndefined();
  const { faults } = inferred({}, { sampling: { group: 'idd' }, leaveOut: ['z'] });
  expect(faults).toMatchObject([
    { place: 't.csv', field: 'z' },
    { place: 't.csv', field: 'idd' },
  ]);
});

test('values of a target are counted as the column of counts says', () => {
  const { target } = inferred({ n: ['0', '3', '1'] }, { sampling: { count: 'n' } });
  expect(target.why).toContain('in 60 of 80 rows');
  expect(inferred({ n: ['0', '3', '1'] }).target.why).toContain('in 20 of 60 rows');
  expect(inferred({ n: ['0', '3', '1'] }, { target: 'n' }).target.doubts).toEqual([]);
});

test('a column whose rows stand together, while another one rises in them, may be the subject', () => {
  const chicks = { Chick: each((i) => Math.floor(i / 6)), Time: each((i) => 2 * (i % 6)) };
  const [chick] = inferred(chicks).columns.filter(({ name }) => name === 'Chick');
  expect(chick.doubts).toEqual([
    expect.stringContaining('"Time" rises in them: if they are of one subject, --group "Chick"'),
  ]);
  expect(inferred(chicks, { sampling: { group: 'Chick' } }).columns.flatMap(({ doubts }) => doubts)).toEqual(
    [],
  );
  const sorted = { Chick: chicks.Chick, Time: each((i) => (i * 7) % 11), 'row.names': each((i) => i + 1) };
  expect(inferred(sorted).columns.flatMap(({ doubts }) => doubts)).toEqual([]);
});

test('of the codes 1 and 2, the second is predicted, and the words say how to change it', () => {
  const { target } = inferred({ status: ['1', '2', '2'] }, { target: 'status' });
  expect(target).toMatchObject({ kind: 'binary', positive: '2' });
  expect(target.why).toContain('--positive 1 predicts the other');
});
