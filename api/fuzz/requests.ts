import fc, { type Arbitrary } from 'fast-check';
import { invocations } from './invocations.ts';
import { csv, ndjson } from './lines.ts';
import type { RowSchema } from './oracle.ts';
import { type Cells, type FuzzRequest, json, mangled, post, stringify } from './request.ts';
import { nearlyValid, someRows, validRow } from './rows.ts';
import { inferences } from './tensors.ts';

/** What the requests are made from: the OpenAPI document. */
export interface Documented {
  schema: RowSchema;
  paths: string[];
  model: string;
  version: string;
}

/** Requests made from the OpenAPI document: valid ones, nearly valid ones, and garbage. */
export function requests({ schema, paths, model, version }: Documented): Arbitrary<FuzzRequest> {
  const asked = fc.oneof(
    { weight: 4, arbitrary: predictions(schema) },
    { weight: 2, arbitrary: inferences(schema, model, version) },
    { weight: 2, arbitrary: invocations(schema) },
  );
  return fc.oneof(
    { weight: 20, arbitrary: asked },
    { weight: 3, arbitrary: asked.chain(mangled) },
    { weight: 1, arbitrary: repeated(validRow(schema)) },
    { weight: 1, arbitrary: elsewhere(paths) },
  );
}

const accept = fc.constantFrom(undefined, '*/*', 'application/x-ndjson', 'text/csv', 'text/html', ';;q=x');
const contentType = fc.constantFrom(
  json,
  'text/csv',
  'application/x-ndjson',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data; boundary=a',
  '/',
);
const query = fc.constantFrom('', '', '?explain=true', '?explain=maybe', '?a[__proto__]=1');

function predictions(schema: RowSchema): Arbitrary<FuzzRequest> {
  const valid = validRow(schema);
  const rows = someRows(schema);
  const written = fc.oneof(
    fc.tuple(fc.constant(json), fc.oneof(valid, valid, nearlyValid(schema)).map(stringify)),
    fc.tuple(fc.constant(json), rows.map(stringify)),
    fc.tuple(fc.constant(json), fc.jsonValue({ maxDepth: 20 }).map(stringify)),
    fc.tuple(fc.constant('application/x-ndjson'), ndjson(rows)),
    fc.tuple(fc.constant('text/csv'), csv(schema)),
    fc.tuple(contentType, fc.string({ unit: 'binary', maxLength: 200 })),
  );
  return fc
    .tuple(written, query, accept)
    .map(([[type, text], asked, accepted]) => post(`/predict${asked}`, type, text, accepted));
}

/** A row whose first key comes once more, before all others. */
const repeated = (valid: Arbitrary<Cells>): Arbitrary<FuzzRequest> =>
  valid
    .filter((row) => Object.keys(row).length > 0)
    .map((row) => ({
      ...post('/predict', json, `{${stringify(Object.keys(row)[0])}:null,${stringify(row).slice(1)}`),
      isRepeated: true,
    }));

const elsewhere = (paths: string[]): Arbitrary<FuzzRequest> =>
  fc.record({
    method: fc.constantFrom('GET', 'PUT', 'DELETE', 'POST'),
    url: fc.oneof(
      fc.constantFrom(...paths),
      fc.webPath().map((path) => `/${path.replace(/^\/+/, '')}`),
      fc.constantFrom('/%', '/predict/', '/docs/problems/%00', '/model/../../etc/passwd'),
    ),
    headers: fc.constant({ 'content-type': json }),
    payload: fc.constant(Buffer.from('{}')),
  });
