import fc, { type Arbitrary } from 'fast-check';
import { invocationFormats } from '../src/sagemaker/formats.ts';
import { csv, ndjson } from './lines.ts';
import type { RowSchema } from './oracle.ts';
import { type Cells, type FuzzRequest, json, post, stringify } from './request.ts';
import { someRows, validRow } from './rows.ts';

const jsonLines = 'application/jsonlines';
const accept = fc.constantFrom(
  undefined,
  undefined,
  '*/*',
  ...Object.keys(invocationFormats),
  'text/html',
  ';;q=x',
);

/** Requests of SageMaker's clients. */
export function invocations(schema: RowSchema): Arbitrary<FuzzRequest> {
  const valid = fc.array(validRow(schema), { minLength: 1, maxLength: 8 });
  const rows = fc.oneof({ weight: 3, arbitrary: valid }, someRows(schema));
  const written = fc.oneof(
    fc.tuple(fc.constant(json), rows.map(stringify)),
    fc.tuple(
      fc.constant(json),
      rows.map((instances) => stringify({ instances })),
    ),
    fc.tuple(fc.constant(json), fc.constantFrom('""', '"{}"', 'null', '{"instances":{}}')),
    fc.tuple(
      fc.constant(jsonLines),
      valid.map((some) => some.map(stringify).join('\n')),
    ),
    fc.tuple(fc.constant(jsonLines), ndjson(rows)),
    fc.tuple(csvType, tables(schema, valid)),
    fc.tuple(csvType, csv(schema)),
  );
  return fc
    .tuple(written, accept)
    .map(([[type, text], accepted]) => post('/invocations', type, text, accepted));
}

const csvType = fc.constantFrom(
  'text/csv',
  'text/csv',
  'text/csv; header=present',
  'text/csv; header=absent',
);

/** All columns of valid rows, with a header or without. */
function tables({ properties }: RowSchema, rows: Arbitrary<Cells[]>): Arbitrary<string> {
  const names = Object.keys(properties);
  return fc
    .tuple(rows, fc.boolean(), fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom(',', ';', '\t'))
    .map(([some, hasHeader, end, delimiter]) => {
      const decimal = (cell: unknown) => (delimiter === ';' ? String(cell).replace('.', ',') : cell);
      const lines = some.map((row) => names.map((name) => decimal(row[name] ?? '')).join(delimiter));
      return (hasHeader ? [names.join(delimiter), ...lines] : lines).join(end);
    });
}
