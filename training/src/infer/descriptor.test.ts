import { expect, test } from 'vitest';
import { describeInferred, formatDescriptor, modelNameOf } from './descriptor.ts';
import { infer } from './infer.ts';

test('ten columns fit into sixty lines of a data package, with what cannot be inferred again', () => {
  const names = Array.from({ length: 8 }, (_, i) => `c${i}`);
  const table = {
    path: 'in/Meus dados.csv',
    columns: ['id', ...names, 'y'].map((name) => ({ name })),
    rows: Array.from({ length: 40 }, (_, i) => ({
      cells: [i + 1, ...names.map((_, j) => (i % 9 === j ? 'NA' : String(i % 7))), i % 2 ? 'yes' : 'no'],
    })),
    decimal: '.' as const,
  };
  const found = infer(table, { target: 'y' });
  const text = formatDescriptor(describeInferred(found, table.path, 'in'));
  expect(text.split('\n').length).toBeLessThan(60);
  expect(text).toContain('\n          { "name": "c0", "type": "number", "missingValues": ["", "NA"] },\n');
  expect(JSON.parse(text)).toMatchObject({
    name: 'meus-dados',
    resources: [
      { path: 'Meus dados.csv', description: 'Left out: id (an id: 40 different values in 40 rows)' },
    ],
    hearth: { model: 'meus-dados', target: 'y', positive: 'yes' },
  });
});

test.each([
  ['sqlite:data/Clinic.sqlite?table=visits', 'clinic-visits'],
  ['postgres://ana@db.example/clinic?table=visits', 'clinic-visits'],
  ['data/Titanic.csv', 'titanic'],
  ['2024 Câncer (v2).csv.gz', 'cancer-v2'],
  ['123.csv', 'table'],
])('the model of %s is called %s', (file, name) => {
  expect(modelNameOf(file)).toBe(name);
});

test('whole numbers are of type number, so that a later fraction is answered, unless the file declares them whole or they are 0 and 1', () => {
  const table = {
    path: 'in/t.parquet',
    columns: [
      { name: 'weight' },
      { name: 'visits', declared: 'integer' },
      { name: 'days' },
      { name: 'smokes' },
      { name: 'y' },
    ],
    rows: Array.from({ length: 40 }, (_, i) => ({ cells: [60 + (i % 7), i % 5, i % 3, i % 2, i % 11] })),
    decimal: '.' as const,
  };
  const sampling = { count: 'days' };
  const found = infer(table, { target: 'y', sampling });
  const [{ schema }] = describeInferred(found, table.path, 'in', { sampling }).resources;
  expect(schema.fields).toEqual([
    { name: 'weight', type: 'number' },
    { name: 'visits', type: 'integer' },
    { name: 'days', type: 'integer' },
    { name: 'smokes', type: 'integer' },
    { name: 'y', type: 'integer' },
  ]);
});
