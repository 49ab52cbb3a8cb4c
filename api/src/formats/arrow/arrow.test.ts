import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DateDay,
  Decimal,
  Dictionary,
  Float32,
  Float64,
  Int32,
  Int64,
  List,
  makeData,
  makeVector,
  Table,
  TimestampMicrosecond,
  tableFromIPC,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindsArtifact, modelsFolder } from '../../../testing/models.ts';
import { buildTestApp, tinyApp } from '../../../testing/serve.ts';

const type = 'application/vnd.apache.arrow.stream';
const recorded = join(import.meta.dirname, '../../../testing/arrow/recorded');
let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const post = (payload: Uint8Array, headers: Record<string, string> = {}, query = '') =>
  tiny.app.inject({
    method: 'POST',
    url: `/predict${query}`,
    headers: { 'content-type': type, 'x-request-id': 'a', ...headers },
    payload: Buffer.from(payload),
  });
const streamOf = (columns: Record<string, Vector>) => tableToIPC(new Table(columns), 'stream');
const postJson = (payload: object, query = '') =>
  tiny.app.inject({ method: 'POST', url: `/predict${query}`, headers: { 'x-request-id': 'a' }, payload });

/** What recorded streams hold: ages as integers, floats, bytes; texts and dictionaries; in batches of two rows. */
const rows = [{ age: 60, sex: 'male', weight: 80.5 }, {}, { age: 30, sex: 'female', weight: 0.1 }];

describe.each(['pyarrow', 'pyarrow-types', 'polars-oldest'])('a stream of %s', (name) => {
  const stream = readFileSync(join(recorded, `${name}.arrow`));

  test('is answered by a stream with the same answers as JSON', async () => {
    const { headers, rawPayload } = await post(stream);
    expect(headers['content-type']).toBe(type);
    const table = tableFromIPC(rawPayload);
    const { predictions, model } = (await postJson(rows)).json();
    expect(table.toArray().map((row) => row.toJSON())).toEqual(
      predictions.map(({ id, probability, warnings }: Record<string, unknown>) => ({
        probability,
        warnings: warnings ? 'weight is not used by this model' : null,
        id,
      })),
    );
    expect(Object.fromEntries(table.schema.metadata)).toEqual({ model: model.name, version: model.version });
  });

  test('is answered as JSON if Accept prefers it, to the byte', async () => {
    const { body } = await post(stream, { accept: 'application/json' }, '?explain=true');
    expect(body).toBe((await postJson(rows, '?explain=true')).body);
  });
});

test('contributions are columns', async () => {
  const { rawPayload } = await post(
    streamOf({ age: vectorFromArray([60], new Int32()) }),
    {},
    '?explain=true',
  );
  const [row] = tableFromIPC(rawPayload).toArray();
  const { contributions } = (await postJson({ age: 60 }, '?explain=true')).json();
  const { scale, base, values } = contributions;
  expect(row.toJSON()).toMatchObject({ contributions: scale, base, ...values });
});

test.each([
  ['pyarrow-lz4', 'compressed (LZ4 or ZSTD); write it without compression'],
  ['pyarrow-zstd', 'compressed (LZ4 or ZSTD); write it without compression'],
  ['polars', 'a column of a type that is not supported; write views of text as plain text'],
])('the stream %s is refused by name', async (name, detail) => {
  const refused = await post(readFileSync(join(recorded, `${name}.arrow`)));
  expect([refused.statusCode, refused.json().detail]).toEqual([400, expect.stringContaining(detail)]);
});

const list = new List({ name: 'item', type: new Float64(), nullable: true } as never);
test.each([
  ['an unknown column', { agee: vectorFromArray([1], new Int32()) }, '/agee', 'did you mean "age"?'],
  ['a list', { age: vectorFromArray([[1]], list) }, '/age', 'has the Arrow type List<'],
  ['no rows', { age: vectorFromArray([], new Int32()) }, '', 'has no rows'],
  [
    'a number beyond 2^53',
    { age: vectorFromArray([1n, 2n ** 53n], new Int64()) },
    '/1/age',
    'beyond 2^53 - 1',
  ],
  ['a number that is too large', { age: vectorFromArray([50, 101], new Int32()) }, '/1/age', 'is too large'],
  ['a part of a number', { age: vectorFromArray([50.5], new Float64()) }, '/0/age', 'is not a whole number'],
  [
    'an infinite number',
    { age: vectorFromArray([Infinity], new Float64()) },
    '/0/age',
    'is too large for a number',
  ],
  ['text for a number', { age: vectorFromArray(['50'], new Utf8()) }, '/0/age', 'is text'],
  ['another category', { sex: vectorFromArray(['m']) }, '/0/sex', 'is not one of the categories'],
])('%s is refused with its place', async (_what, columns, pointer, detail) => {
  const refused = await post(streamOf(columns as Record<string, Vector>));
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
});

test('the faults of values are those of JSON', async () => {
  const columns = {
    age: vectorFromArray([200, null, 3.5], new Float64()),
    sex: vectorFromArray(['x', 'male', null], new Dictionary(new Utf8(), new Int32())),
  };
  const { errors } = (await post(streamOf(columns))).json();
  const sent = [{ age: 200, sex: 'x' }, { sex: 'male' }, { age: 3.5 }];
  expect(errors).toEqual((await postJson(sent)).json().errors);
});

test('NaN is a missing value, as NumPy and pandas write it', async () => {
  const age = vectorFromArray([60, Number.NaN], new Float32());
  const { rawPayload } = await post(streamOf({ age, sex: vectorFromArray(['male', null]) }));
  expect(tableFromIPC(rawPayload).getChild('probability')?.toJSON()).toEqual([0.7, 0.5]);
});

test('dates and times, with a zone and without, are those of JSON', async () => {
  const folder = await modelsFolder();
  await folder.registry.promote((await folder.registry.publish(kindsArtifact())).version);
  const app = await buildTestApp({ models: folder.models });
  const headers = { 'content-type': type, 'x-request-id': 'a', accept: 'application/json' };
  const time = new Date('2024-02-29T14:30:00.250Z');
  for (const [zone, suffix] of [
    [undefined, ''],
    ['UTC', 'Z'],
  ] as const) {
    const born = vectorFromArray([new Date('1999-12-31'), new Date('2000-01-01'), null], new DateDay());
    const admitted = vectorFromArray([time, null, time], new TimestampMicrosecond(zone));
    const payload = Buffer.from(streamOf({ born, admitted }));
    const { body } = await app.inject({ method: 'POST', url: '/predict', headers, payload });
    const text = `2024-02-29T14:30:00.250${suffix}`;
    const sent = [{ born: '1999-12-31', admitted: text }, { born: '2000-01-01' }, { admitted: text }];
    const asJson = { 'x-request-id': 'a' };
    const expected = await app.inject({ method: 'POST', url: '/predict', headers: asJson, payload: sent });
    expect([expected.statusCode, body]).toEqual([200, expected.body]);
  }
  await app.close();
  await folder.remove();
});

test('a decimal is its number', async () => {
  const decimals = new Uint32Array([600, 0, 0, 0, 55, 0, 0, 0]);
  const age = makeVector(makeData({ type: new Decimal(1, 10), length: 2, nullCount: 0, data: decimals }));
  const { errors } = (await post(streamOf({ age }))).json();
  expect(errors).toEqual((await postJson([{ age: 60 }, { age: 5.5 }])).json().errors);
});

test('a stream may have as many rows as a batch, and no more', async () => {
  const ages = (length: number) =>
    streamOf({ age: vectorFromArray(new Array(length).fill(60), new Int32()) });
  expect((await post(ages(10_000))).statusCode).toBe(200);
  expect((await post(ages(10_001))).json().detail).toBe('it has 10001 rows; a batch may have 10000');
});

test('a stream that announces two thousand million fields is refused before they are counted', async () => {
  const stream = readFileSync(join(recorded, 'pyarrow-types.arrow'));
  stream[40] = 120;
  expect((await post(stream)).json().detail).toBe('the body is not a complete Arrow stream');
});

test('bytes that are no stream, or a spoilt one, are refused or answered, and never a failure', async () => {
  const stream = readFileSync(join(recorded, 'pyarrow-types.arrow'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.nat(stream.length),
      async (changes, end) => {
        const spoilt = Buffer.from(stream);
        for (const [at, byte] of changes) spoilt[at] = byte;
        const { statusCode } = await post(end % 3 === 0 ? spoilt.subarray(0, end) : spoilt);
        expect([200, 400, 413, 422]).toContain(statusCode);
      },
    ),
    { numRuns: 150 },
  );
});

test('every recorded stream is tested', () => {
  expect(readdirSync(recorded)).toHaveLength(6);
});
