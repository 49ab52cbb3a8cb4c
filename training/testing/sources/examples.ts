import type { SourceTable } from '../../src/sources/index.ts';

/** The table that write-tables.py writes, as every writer of Parquet gives it. */
export const exampleColumns = {
  id: 'integer',
  big: 'integer',
  whole: 'integer',
  x: 'number',
  f: 'number',
  flag: 'boolean',
  city: 'string',
  day: 'date',
  at: 'datetime',
  seen: 'datetime',
  amount: 'number',
  key: 'integer',
  tags: undefined,
};
const first = [
  1,
  9007199254740993n,
  7,
  2.5,
  0.25,
  true,
  'São Paulo',
  '2024-02-29',
  '2024-02-29T12:30:00.0005',
];
const third = [3, 3, -7, -1e300, -0.5, false, '', '1899-12-31', '1969-12-31T23:59:59.250'];
export const exampleRows = [
  [...first, '2024-02-29T12:30:00Z', 12.3, 12345678901234567890n, '["a","b"]'],
  [2, -2, null, null, null, null, null, null, null, null, null, null, null],
  [...third, '1999-01-01T00:00:00Z', -0.05, 3, '[]'],
];

/** The cells of a table, and what it says about its columns. */
export const contentOf = ({ columns, rows }: SourceTable) => ({
  columns: Object.fromEntries(columns.map(({ name, declared }) => [name, declared])),
  rows: rows.map(({ cells }) => cells).sort((a, b) => Number(a[0]) - Number(b[0])),
});
