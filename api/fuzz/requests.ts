import fc, { type Arbitrary } from 'fast-check';
import { allTypes, type MediaType } from '../src/formats/media-types.ts';
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

const accept = fc.constantFrom(undefined, '*/*', ...allTypes, 'text/html', ';;q=x');
const contentType = fc.constantFrom(
  ...allTypes,
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data; boundary=a',
  '/',
);
const query = fc.constantFrom('', '', '?explain=true', '?explain=maybe', '?a[__proto__]=1');

/** Bodies of each format. */
const bodies: Record<MediaType, (schema: RowSchema) => Arbitrary<string>> = {
  'application/json': (schema) => {
    const valid = validRow(schema);
    return fc.oneof(
      fc.oneof(valid, valid, nearlyValid(schema)).map(stringify),
      someRows(schema).map(stringify),
      fc.jsonValue({ maxDepth: 20 }).map(stringify),
    );
  },
  'application/x-ndjson': (schema) => ndjson(someRows(schema)),
  'text/csv': csv,
  'application/vnd.apache.arrow.stream': () => fc.string({ unit: 'binary', maxLength: 200 }),
};

function predictions(schema: RowSchema): Arbitrary<FuzzRequest> {
  const written = fc.oneof(
    ...allTypes.map((type) => ({
      weight: type === json ? 3 : 1,
      arbitrary: fc.tuple(fc.constant(type), bodies[type](schema)),
    })),
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
