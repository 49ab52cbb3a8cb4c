import { expect, test } from 'vitest';
import { cellReader, cellWriter, featureReader, rowEncoder } from './cells.ts';
import type { Column } from './columns.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const about = { label: texts, description: texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };
const columns: Column[] = [
  { ...about, name: 'age', type: 'number', minimum: -9, maximum: 9, seen, missingCodes: ['-99', 'NA'] },
  {
    ...about,
    name: 'pain',
    type: 'category',
    categories: ['none', 'some', 'much'].map((value) => ({ value, label: texts })),
    missingCodes: ['8'],
  },
  { ...about, name: 'slope', type: 'number', minimum: -9, maximum: 9, seen },
];
const none = Number.NaN;

test.each([
  [{ slope: 2, pain: 'none', age: 0 }, [0, 0, 2]],
  [{ age: -1.5, pain: 'much' }, [-1.5, 2, none]],
  [{ age: null, pain: undefined, slope: 0 }, [none, none, 0]],
  [{ age: -99, pain: '8', slope: -9 }, [none, none, -9]],
  [{ age: 'NA', height: 3 }, [none, none, none]],
  [{}, [none, none, none]],
])('%j is written as %j, and no other cell is changed', (row, expected) => {
  const cells = new Float64Array(5).fill(7);
  cellWriter(columns)(row, cells, 1);
  expect([...cells]).toEqual([7, ...expected, 7]);
});

test('in a column that the model does not use, a value that is not allowed has the cell 0', () => {
  const cells = new Float64Array(3);
  const write = cellWriter(columns, undefined, new Set(['slope']));
  write({ age: 'old', pain: 'some', slope: 99 }, cells, 0);
  expect([...cells]).toEqual([0, 1, 99]);
  write({ age: 3, pain: 'awful' }, cells, 0);
  expect([...cells]).toEqual([3, 0, none]);
});

test('a time with an offset is moved to the clock of the model', () => {
  const seen = { minimum: '1970-01-01T00:00', maximum: '1970-01-01T00:00' };
  const cells = new Float64Array(1);
  cellWriter([{ name: 'at', type: 'datetime', seen }], 'America/Sao_Paulo')(
    { at: '1970-01-01T03:00:01Z' },
    cells,
    0,
  );
  expect([...cells]).toEqual([1]);
});

test('cells are read back as a row without the missing columns', () => {
  const read = cellReader(columns);
  const cells = Float64Array.of(none, 2, none, 0, 0, -3);
  expect(read(cells, 0)).toEqual({ pain: 'much' });
  expect(read(cells, 3)).toEqual({ age: 0, pain: 'none', slope: -3 });
});

test('a feature is the number, or 1 or 0 for the category, or NaN if missing', () => {
  const read = featureReader(
    [{ column: 'slope' }, { column: 'pain', equals: 'none' }, { column: 'pain', equals: 'much' }],
    columns,
  );
  const see = (...cells: number[]) => {
    const x = new Float64Array(5).fill(7);
    read(Float64Array.of(7, ...cells), 1, x, 1);
    return [...x];
  };
  expect(see(1, 0, 0)).toEqual([7, 0, 1, 0, 7]);
  expect(see(1, 2, -4)).toEqual([7, -4, 0, 1, 7]);
  expect(see(1, 1, none)).toEqual([7, none, 0, 0, 7]);
  expect(see(1, none, 2)).toEqual([7, 2, none, none, 7]);
});

test('a derived feature of a row is written to its place, from a cell that may have any value', () => {
  const read = featureReader(
    [{ column: 'slope' }, { column: 'age', above: 2 }, { column: 'pain', numbers: [5, null, 7, 8] }],
    columns,
  );
  const see = (...cells: number[]) => {
    const x = new Float64Array(5).fill(9);
    read(Float64Array.of(9, 9, ...cells), 2, x, 1);
    return [...x];
  };
  expect(see(6, 0, 1)).toEqual([9, 1, 4, 5, 9]);
  expect(see(0, 2, none)).toEqual([9, none, 0, 7, 9]);
  expect(see(none, 1, 0)).toEqual([9, 0, none, none, 9]);
});

test('a row is encoded as its features, whatever the kind of its columns', () => {
  const x = new Float64Array(6);
  const times: Column[] = [
    { name: 'born', type: 'date', seen: { minimum: '1900-01-01', maximum: '2020-01-01' } },
    { name: 'smoker', type: 'boolean' },
    { name: 'town', type: 'category', open: true, categories: [{ value: 'a' }, { value: 'b' }] },
  ];
  const encode = rowEncoder(
    {
      columns: [...columns, ...times],
      features: [
        { column: 'age' },
        { column: 'pain', equals: 'some' },
        { column: 'born', part: 'year' },
        { column: 'smoker' },
        { column: 'town', in: 0 },
        { column: 'town', numbers: [0.5, 1.5, 2.5] },
      ],
    },
    Uint8Array.of(0b101),
  );
  encode({ age: -99, pain: 'some', born: '1999-12-31', smoker: true, town: 'c' }, x);
  expect([...x]).toEqual([none, 1, 1999, 1, 1, 2.5]);
  encode({ age: 4, smoker: false, town: 'b' }, x);
  expect([...x]).toEqual([4, none, none, 0, 0, 1.5]);
  encode({}, x);
  expect([...x]).toEqual([none, none, none, none, none, none]);
});
