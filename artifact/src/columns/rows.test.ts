import { tinyDraft } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { nameAt, pointerTo, rowCheck } from './rows.ts';

const check = rowCheck(tinyDraft().columns);

test('a column that is not required can be absent, null or undefined', () => {
  expect(check({}, '')).toEqual([]);
  expect(check({ age: null, sex: 'male' }, '')).toEqual([]);
  expect(check({ age: undefined }, '')).toEqual([]);
});

test.each([
  [
    { age: '54' },
    '/age',
    'is text; allowed: a whole number from 0 to 100 (years), or null where it is not known',
  ],
  [{ age: -3 }, '/age', 'is too small'],
  [{ age: 101 }, '/age', 'is too large'],
  [{ age: 54.5 }, '/age', 'is not a whole number'],
  [{ age: Infinity }, '/age', 'is too large for a number'],
  [{ age: [54] }, '/age', 'is a list'],
  [{ age: { years: 54 } }, '/age', 'is an object'],
  [{ age: true }, '/age', 'is true or false'],
  [{ sex: 'Male' }, '/sex', 'is not one of the categories; did you mean "male"? Allowed: "female", "male"'],
  [{ sex: 1 }, '/sex', 'is a number'],
  [{ agee: 54 }, '/agee', 'is not a column of this model; did you mean "age"?'],
  [{ AGE: 54 }, '/AGE', 'did you mean "age"?'],
  [{ 'a/b': 1 }, '/a~1b', 'is not a column of this model; it has age, sex, weight'],
  [JSON.parse('{"__proto__": {"age": 1}}'), '/__proto__', 'is not a column of this model'],
])('%j has a fault with a pointer', (row, pointer, detail) => {
  const faults = check(row, '');
  expect(faults).toHaveLength(1);
  expect(faults[0].pointer).toBe(pointer);
  expect(faults[0].detail).toContain(detail);
});

/** The suggestion for an unknown column if the model has the columns `known`. */
function guessFor(name: string, ...known: string[]): string {
  const [age] = tinyDraft().columns;
  const [{ detail }] = rowCheck(known.map((each) => ({ ...age, name: each })))({ [name]: 1 }, '');
  return detail.replace('is not a column of this model; ', '');
}

test.each([
  ['weigth', ['age', 'weight'], 'did you mean "weight"?'],
  ['loft', ['left', 'lift'], 'did you mean "left"?'],
  ['weixxx', ['weight'], 'did you mean "weight"?'],
  ['wexxxx', ['weight'], 'it has weight'],
  ['y', ['x'], 'it has x'],
  ['W ei GHT', ['age', 'weight'], 'did you mean "weight"?'],
  ['z', [...'abcdefghijklm'], 'it has a, b, c, d, e, f, g, h, i, j and 3 more'],
  ['yz', ['x'], 'it has x'],
])('for %s, with the columns %j: %s', (name, known, guess) => {
  expect(guessFor(name, ...known)).toBe(guess);
});

test('only the first hundred characters of a long name are compared', () => {
  const column = 'x'.repeat(98); // up to 49 edits are tolerated
  const alike = `${'y'.repeat(47)}${'x'.repeat(53)}`;
  expect(guessFor(`${alike}${'y'.repeat(10)}`, column)).toContain('did you mean');
  expect(guessFor(alike.slice(0, 90), column)).toContain('it has');
});

test('every fault of a row is listed, with the pointer to the row in front', () => {
  expect(check({ age: 'x', sex: 3, weigth: 70 }, '/7').map(({ pointer }) => pointer)).toEqual([
    '/7/age',
    '/7/sex',
    '/7/weigth',
  ]);
});

test.each([[null], [[]], [54], ['age=54'], [true]])('%j is not a row', (row) => {
  expect(check(row, '/0')).toMatchObject([
    { pointer: '/0', detail: expect.stringContaining('; a row is an object such as {"age": …}') },
  ]);
});

test('a column that the model does not use takes any text, number or truth value, but no list or object', () => {
  const unused = rowCheck(tinyDraft().columns, undefined, new Set(['age']));
  expect(unused({ weight: 'heavy', sex: 7 }, '')).toEqual([]);
  expect(unused({ weight: true, sex: null }, '')).toEqual([]);
  expect(unused({ age: 'x', weight: [], sex: {} }, '/2')).toEqual([
    {
      pointer: '/2/age',
      detail: 'is text; allowed: a whole number from 0 to 100 (years), or null where it is not known',
    },
    {
      pointer: '/2/weight',
      detail: 'is a list; this model ignores the column, but takes only text, a number, true, false or null',
    },
    {
      pointer: '/2/sex',
      detail:
        'is an object; this model ignores the column, but takes only text, a number, true, false or null',
    },
  ]);
});

test('a time with an offset is checked on the clock of the model', () => {
  const seen = { minimum: '2024-01-01T00:00', maximum: '2024-01-01T00:00' };
  const at = rowCheck(
    [{ name: 'at', type: 'datetime', maximum: '2024-01-01T12:00', seen }],
    'America/Sao_Paulo',
  );
  expect(at({ at: '2024-01-01T15:00Z' }, '')).toEqual([]);
  expect(at({ at: '2024-01-01T15:01Z' }, '')).toHaveLength(1);
});

test('a pointer escapes / and ~, and its name is read back', () => {
  for (const [name, pointer] of [
    ['age', '/age'],
    ['a/b/c', '/a~1b~1c'],
    ['~a~1', '/~0a~01'],
  ]) {
    expect(pointerTo('', name)).toBe(pointer);
    expect(nameAt(pointer)).toBe(name);
  }
  expect(pointerTo('/rows', 7)).toBe('/rows/7');
});

test('a required column must be given', () => {
  const required = rowCheck(
    tinyDraft().columns.map((column) => ({ ...column, required: column.name === 'age' })),
  );
  expect(required({}, '')).toEqual([{ pointer: '/age', detail: 'is required' }]);
  expect(required({ age: null }, '')).toEqual([{ pointer: '/age', detail: 'is required' }]);
  expect(required({ age: undefined }, '')).toEqual([{ pointer: '/age', detail: 'is required' }]);
  expect(required({ age: 3 }, '')).toEqual([]);
});

test('what a required column allows has no null in it', () => {
  const [age] = tinyDraft().columns;
  const [{ detail }] = rowCheck([{ ...age, required: true }])({ age: 'x' }, '');
  expect(detail).toBe('is text; allowed: a whole number from 0 to 100 (years)');
});

test('an inherited member does not count as a given column', () => {
  const [age] = tinyDraft().columns;
  const inherited = rowCheck([{ ...age, name: 'constructor', required: true }]);
  expect(inherited({}, '/3')).toEqual([{ pointer: '/3/constructor', detail: 'is required' }]);
});

test('a fault never quotes the value', () => {
  const given = 'Maria da Silva';
  expect(JSON.stringify(check({ age: given, sex: given, weight: given }, ''))).not.toContain('Maria');
});

const about = { label: { en: 'a', 'pt-BR': 'a' }, description: { en: 'a', 'pt-BR': 'a' }, group: 'all' };
const seen = { minimum: 1, maximum: 3 };
const strict = rowCheck([
  {
    ...about,
    name: 'score',
    type: 'integer',
    required: false,
    minimum: 0,
    maximum: 10,
    seen,
    missingCodes: ['-99', 'NR'],
  },
  {
    ...about,
    name: 'grade',
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: 5,
    seen,
    enum: [1, 3, 5],
  },
  { ...about, name: 'id', type: 'integer', required: false, minimum: 0, maximum: 1e30, seen },
  {
    ...about,
    name: 'c',
    type: 'category',
    required: true,
    categories: [{ value: 'a', label: about.label }],
    missingCodes: ['9'],
  },
]);

test.each([{ score: -99 }, { score: 'NR' }, { score: '-99' }, { score: null }, { grade: 5 }])(
  '%j passes: a code means a missing value',
  (row) => {
    expect(strict({ ...row, c: 'a' }, '')).toEqual([]);
  },
);

test.each([
  [{ score: -98 }, 'is too small; allowed: a whole number from 0 to 10, or null'],
  [{ score: 'NA' }, 'is text'],
  [{ grade: 2 }, 'is not one of the values; allowed: 1, 3, 5, or null'],
  [
    { id: 2 ** 53 },
    'is a whole number beyond 2^53 - 1, which cannot be read exactly; allowed: a whole number from 0 to 9007199254740991',
  ],
  [{ c: '9' }, 'is required'],
  [{ c: 9 }, 'is a number'],
])('%j is refused', (row, detail) => {
  expect(strict({ c: 'a', ...row }, '')[0].detail).toContain(detail);
});
