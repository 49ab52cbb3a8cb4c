import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWriter } from './cells.ts';
import type { Column } from './columns.ts';
import { plainRowReader } from './plain-rows.ts';
import { rowCheck } from './rows.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const about = { label: texts, description: texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };
const cities = Array.from({ length: 12 }, (_, i) => `São ${'x'.repeat(i)}"`);
const others = Array.from({ length: 10 }, (_, i) => `x${i + 1}`);
/** More columns than are searched one by one; some names are prefixes of others. */
const columns: Column[] = [
  { ...about, name: 'age', type: 'integer', minimum: 0, maximum: 100, seen, required: true },
  { ...about, name: 'ag', type: 'number', minimum: -1e6, maximum: 1e6, seen },
  {
    ...about,
    name: 'dor "no peito" é',
    type: 'category',
    categories: ['não', 'no', 'none', 'a\\b'].map((value) => ({ value, label: texts })),
    missingCodes: ['8'],
  },
  {
    ...about,
    name: 'city',
    type: 'category',
    categories: cities.map((value) => ({ value, label: texts })),
  },
  {
    ...about,
    name: 'score',
    type: 'integer',
    minimum: 0,
    maximum: 10,
    seen,
    missingCodes: ['9', '-99', 'NR'],
  },
  { ...about, name: 'ratio', type: 'number', minimum: 0, maximum: 1, seen, missingCodes: ['.5', '1e3'] },
  { ...about, name: 'grade', type: 'integer', minimum: 1, maximum: 5, seen, enum: [1, 3, 5] },
  { ...about, name: 'id', type: 'integer', minimum: -1e30, maximum: 1e30, seen },
  ...others.map((name): Column => ({ ...about, name, type: 'number', minimum: 0, maximum: 9, seen })),
];
const [, , pain] = columns.map(({ name }) => name);

const read = plainRowReader(columns);
const check = rowCheck(columns);
const write = cellWriter(columns);

/** The cells of the row at the start of a text, and the index after it. */
function readText(text: string): { cells: number[]; end: number } {
  const cells = new Float64Array(columns.length + 2).fill(7);
  const end = read(Buffer.from(text), 0, cells, 1);
  expect([cells[0], cells.at(-1)]).toEqual([7, 7]);
  return { cells: [...cells.subarray(1, -1)], end };
}

const row = fc.record(
  {
    age: fc.integer({ min: 0, max: 100 }),
    ag: fc.oneof(
      fc.constantFrom(null, -0, 0.1, 1e-7, 5e-324, -1e6, 123456.789012345, 0.30000000000000004),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    ),
    [pain]: fc.constantFrom(null, 'não', 'no', 'none', 'a\\b'),
    city: fc.constantFrom(...cities),
    score: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constantFrom(9, -99, null)),
    ratio: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.5, 1000)),
    grade: fc.constantFrom(1, 3, 5, null),
    id: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER)),
    ...Object.fromEntries(others.map((name) => [name, fc.integer({ min: 0, max: 9 })])),
  },
  { requiredKeys: ['age'] },
);

/** Rows with their members in any order. */
const shuffled = row.chain((each) =>
  fc
    .shuffledSubarray(Object.entries(each), { minLength: Object.keys(each).length })
    .map((entries) => Object.fromEntries(entries)),
);

test('a row that passes the check has the cells of its object, in any order and with any white space', () => {
  fc.assert(
    fc.property(shuffled, fc.constantFrom(undefined, 1, '\t', '\r\n '), (given, space) => {
      const text = JSON.stringify(given, null, space?.toString().replace('1', ' '));
      const expected = new Float64Array(columns.length);
      write(JSON.parse(text), expected, 0);
      const { cells, end } = readText(`${text} ,{}`);
      expect(cells).toEqual([...expected]);
      expect(end).toBe(Buffer.byteLength(text));
    }),
    { numRuns: 2000 },
  );
});

/** Pieces of valid, nearly valid and invalid rows. */
const piece = fc.oneof(
  fc.constantFrom('"score":', '"ratio":', '"grade":', '"id":'),
  fc.constantFrom('9', '-99', '9.0', '"NR"', '"9"', '0.5', '1000', '2', '3', '9007199254740993', '-1e20'),
  fc.constantFrom('{', '}', ',', ':', ' ', '"age":', '"ag":', '"ag" :', `${JSON.stringify(pain)}:`, '"sex":'),
  fc.constantFrom('null', 'nul', '"no"', '"não"', '"n\\u00e3o"', '"', 'true', '[]', '\u00a0', '"a\\\\b"'),
  fc.constantFrom(
    '1',
    '01',
    '-',
    '-0',
    '1.',
    '.5',
    '1.5',
    '1e2',
    '1E+2',
    '1e',
    '1e999',
    '101',
    '1'.repeat(70),
  ),
);
const nearlyRow = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.tuple(piece, piece), { maxLength: 4 })
    .map((members) => `{${members.map((m) => m.join('')).join(',')}}`),
  fc
    .tuple(shuffled, fc.nat(60), fc.nat(2), fc.oneof(piece, fc.constantFrom('', ' ', '0')))
    .map(([given, at, cut, put]) => {
      const text = JSON.stringify(given);
      return text.slice(0, at) + put + text.slice(at + cut);
    }),
);

test('a row that is read has no fault and no repeated key, and has the cells of its object', () => {
  let taken = 0;
  fc.assert(
    fc.property(nearlyRow, (text) => {
      const { cells, end } = readText(text);
      if (end < 0) return;
      taken++;
      const source = Buffer.from(text).subarray(0, end).toString();
      const given = JSON.parse(source);
      expect(check(given, '')).toEqual([]);
      expect(source.match(/"\s*:/g)?.length).toBe(Object.keys(given).length);
      const expected = new Float64Array(columns.length);
      write(given, expected, 0);
      expect(cells).toEqual([...expected]);
    }),
    { numRuns: 20_000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test.each([
  ['a required column that is missing', '{"ag":1}'],
  ['a required column that is null', '{"age":null}'],
  ['a repeated column', '{"age":1,"age":1}'],
  ['an unknown column', '{"age":1,"sex":1}'],
  ['a number for a category', `{"age":1,${JSON.stringify(pain)}:0}`],
  ['a category for a number', '{"age":"no"}'],
  ['a number that is not whole', '{"age":1.5}'],
  ['a number outside the range', '{"age":101}'],
  ['an infinite number', '{"age":1,"ag":1e999}'],
  ['a comma at the end', '{"age":1,}'],
  ['a truncated row', '{"age":1'],
  ['a category of another column', '{"age":1,"city":"no"}'],
  ['a category of the next column', `{"age":1,"ag":"não"}`],
  ['a column that starts like another one', '{"age":1,"x11":1}'],
  ['a truncated category', '{"age":1,"city":"São x'],
  ['a leading zero', '{"age":01}'],
  ['a number between allowed values', '{"age":1,"grade":2}'],
  ['an inexact whole number', '{"age":1,"id":9007199254740993}'],
  ['a number outside the limits that is not a code', '{"age":1,"score":-98}'],
  ['a text code', '{"age":1,"score":"NR"}'],
  ['a fraction in a whole-number column with codes', '{"age":1,"score":2.5}'],
  ['a code of a category as a number', `{"age":1,${JSON.stringify(pain)}:8}`],
  ['a list', '[{"age":1}]'],
  ['an empty text', ''],
  ['a name without a colon', '{"age" 1}'],
  ['a truncated null', '{"age":1,"ag":nul}'],
])('%s is not a plain row', (_, text) => {
  expect(readText(text).end).toBe(-1);
});

test('a number that is a code of the column is missing', () => {
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const { cells } = readText('{"age":1,"score":9,"ratio":5e-1,"grade":3}');
  expect([cells[at('score')], cells[at('ratio')], cells[at('grade')]]).toEqual([Number.NaN, Number.NaN, 3]);
});

test('white space is a space, a tab, a line feed or a carriage return', () => {
  for (let byte = 0; byte <= 32; byte++) {
    const text = `{${String.fromCharCode(byte)}"age":1}`;
    expect(readText(text).end).toBe([9, 10, 13, 32].includes(byte) ? text.length : -1);
  }
});

test('a required column must be given in its own row', () => {
  const [age, ag] = columns;
  const readPair = plainRowReader([ag, age]);
  const cells = Float64Array.of(7, 7, 7, 7);
  expect(readPair(Buffer.from('{"ag":1}'), 0, cells, 2)).toBe(-1);
  expect(readPair(Buffer.from('{"age":1}'), 0, cells, 2)).toBe(9);
  expect([...cells]).toEqual([7, 7, Number.NaN, 1]);
});
