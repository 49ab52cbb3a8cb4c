import fc, { type Arbitrary } from 'fast-check';
import type { RowSchema } from './oracle.ts';

/** A request that may be anything, and the rows in it where it is meant to have some. */
export interface FuzzRequest {
  method: 'POST' | 'GET' | 'PUT' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  payload: Buffer;
  /** What `JSON.parse` would make of it is not the whole truth: a key is there twice. */
  isRepeated?: boolean;
}

const json = 'application/json';

/** Requests made from the OpenAPI document: valid ones, nearly valid ones, and garbage. */
export function requests(schema: RowSchema, paths: string[]): Arbitrary<FuzzRequest> {
  const row = nearlyValid(schema);
  const valid = validRow(schema);
  const rows = fc.array(fc.oneof({ weight: 20, arbitrary: valid }, row), { maxLength: 8 });
  const written = fc.oneof(
    fc.tuple(fc.constant(json), fc.oneof(valid, valid, row).map(stringify)),
    fc.tuple(fc.constant(json), rows.map(stringify)),
    fc.tuple(fc.constant(json), fc.jsonValue({ maxDepth: 20 }).map(stringify)),
    fc.tuple(fc.constant('application/x-ndjson'), ndjson(rows)),
    fc.tuple(fc.constant('text/csv'), csv(schema)),
    fc.tuple(contentType, fc.string({ unit: 'binary', maxLength: 200 })),
  );
  const post = fc
    .tuple(written, fc.constantFrom('', '', '?explain=true', '?explain=maybe', '?a[__proto__]=1'), accept)
    .map(
      ([[type, text], query, accepted]): FuzzRequest => ({
        method: 'POST',
        url: `/predict${query}`,
        headers: { 'content-type': type, ...(accepted && { accept: accepted }) },
        payload: Buffer.from(text),
      }),
    );
  return fc.oneof(
    { weight: 20, arbitrary: post },
    { weight: 2, arbitrary: post.chain(mangled) },
    { weight: 1, arbitrary: repeated(valid) },
    { weight: 1, arbitrary: elsewhere(paths) },
  );
}

const stringify = (value: unknown): string => JSON.stringify(value) ?? '';

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

function validRow({ properties, required = [] }: RowSchema): Arbitrary<Record<string, unknown>> {
  const cells = Object.entries(properties).map(([name, { type, enum: values, minimum, maximum }]) => {
    if (values) return [name, fc.constantFrom(...values)];
    const number = type.includes('integer')
      ? fc.integer({ min: minimum, max: maximum })
      : fc.double({ min: minimum, max: maximum, noNaN: true });
    return [name, type.includes('null') ? fc.option(number) : number];
  });
  return fc.record(Object.fromEntries(cells), { requiredKeys: required });
}

/** A valid row with one thing in it that may be wrong. */
function nearlyValid(schema: RowSchema): Arbitrary<unknown> {
  const names = Object.keys(schema.properties);
  const name = fc.oneof(
    fc.constantFrom(...names, '__proto__', 'constructor', 'toString', '', 'a/b~c'),
    fc.constantFrom(...names).map((text) => text.slice(1)),
    fc.string(),
  );
  const value = fc.oneof(
    fc.constantFrom('54', '', true, -1, 1e300, -0, 0.5, [], {}, [null], 'nonsense'),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const row = fc.tuple(validRow(schema), name, value).map(([valid, key, odd]) => {
    const entries = [...Object.entries(valid).filter(([other]) => other !== key), [key, odd]];
    return Object.fromEntries(entries);
  });
  return fc.oneof(row, fc.jsonValue({ maxDepth: 2 }));
}

const ndjson = (rows: Arbitrary<unknown[]>): Arbitrary<string> =>
  fc
    .tuple(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.option(fc.string({ unit: 'binary' })))
    .map(([some, end, ends, garbage]) => {
      const lines = some.map(stringify);
      if (garbage !== null) lines.splice(lines.length / 2, 0, garbage);
      return lines.join(end) + (ends ? end : '');
    });

function csv(schema: RowSchema): Arbitrary<string> {
  const name = fc.constantFrom(...Object.keys(schema.properties));
  const values = Object.values(schema.properties).flatMap((column) => column.enum ?? []);
  const cell = fc.oneof(
    fc.constantFrom('', '1', '54', '1,5', '"54"', ...values.map(String)),
    fc.string({ maxLength: 5 }),
  );
  return fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: fc.uniqueArray(name, { minLength: 1 }) }, fc.array(fc.string())),
      fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }),
      fc.constantFrom(',', ';'),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      fc.constantFrom('', '\uFEFF'),
    )
    .map(([head, lines, delimiter, end, mark]) => {
      const padded = lines.map((cells) => head.map((_, i) => cells[i] ?? ''));
      return mark + [head, ...padded].map((cells) => cells.join(delimiter)).join(end);
    });
}

/** The same request with some of its bytes changed, or cut. */
const mangled = (request: FuzzRequest): Arbitrary<FuzzRequest> =>
  fc.tuple(fc.nat(), fc.nat(255), fc.boolean()).map(([at, byte, cuts]) => {
    const payload = Buffer.from(request.payload);
    const place = at % (payload.length + 1);
    if (place < payload.length) payload[place] = byte;
    return { ...request, payload: cuts ? payload.subarray(0, place) : payload };
  });

/** A row whose first key comes once more, before all others. */
const repeated = (valid: Arbitrary<Record<string, unknown>>): Arbitrary<FuzzRequest> =>
  valid
    .filter((row) => Object.keys(row).length > 0)
    .map((row) => ({
      method: 'POST',
      url: '/predict',
      headers: { 'content-type': json },
      payload: Buffer.from(`{${stringify(Object.keys(row)[0])}:null,${stringify(row).slice(1)}`),
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
