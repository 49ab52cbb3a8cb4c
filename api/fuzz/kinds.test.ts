import { Bool, Table, tableFromIPC, tableToIPC, Utf8, type Vector, vectorFromArray } from 'apache-arrow';
import fc, { type Arbitrary } from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeData } from '../src/v2/encode.ts';
import { freePort, grpcClient, type InferAnswer } from '../testing/grpc.ts';
import { kindsArtifact, modelsFolder } from '../testing/models.ts';
import { buildTestApp } from '../testing/serve.ts';

/** Columns of booleans, dates, times and open categories: `FUZZ_REQUESTS=50000 npm run test:unit -- api/fuzz` for more requests. */
const count = Math.ceil(Number(process.env.FUZZ_REQUESTS || 2000) / 5);

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let client: ReturnType<typeof grpcClient>;
beforeAll(async () => {
  folder = await modelsFolder();
  const { version } = await folder.registry.publish(kindsArtifact());
  await folder.registry.promote(version);
  const grpcPort = await freePort();
  client = grpcClient(grpcPort);
  app = await buildTestApp({ models: folder.models, grpcPort });
  await app.ready();
});
afterAll(async () => {
  client.close();
  await app.close();
  await folder.remove();
});

const names = ['smoker', 'born', 'admitted', 'town'] as const;
type Name = (typeof names)[number];
type Value = string | boolean | null;
/** What it adds to the answer, in sixteenths. */
interface Cell {
  value: Value;
  adds: number;
}

const dayIn = (min: string, max: string) =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.constantFrom('', ':00', ':59', ':30.25'))
  .map(([hour, minute, seconds]) => ({
    hour,
    text: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}${seconds}`,
  }));
/** An offset, and the hours that the clock of São Paulo is behind it; since 2020 it has no summer time. */
const offset = fc.constantFrom(['', 0], ['Z', 3], ['+01:00', 4], ['-05:00', -2] as const);
const unknown: Arbitrary<Cell> = fc.constant({ value: null, adds: 0 });

const cells: Record<Name, Arbitrary<Cell>> = {
  smoker: fc.oneof(
    fc.boolean().map((value) => ({ value, adds: value ? 1 : 0 })),
    fc.constant({ value: '?', adds: 0 }),
    unknown,
  ),
  born: fc.oneof(
    dayIn('1900-01-01', '2024-12-31').map((value) => ({ value, adds: value >= '2000' ? 2 : 0 })),
    unknown,
  ),
  admitted: fc.oneof(
    fc
      .tuple(dayIn('2020-01-02', '2029-12-30'), clock, offset)
      .map(([day, { hour, text }, [zone, behind]]) => ({
        value: `${day}T${text}${zone}`,
        adds: (hour - Number(behind) + 24) % 24 >= 12 ? 4 : 0,
      })),
    unknown,
  ),
  town: fc.oneof(
    fc.constantFrom('Ouro Preto', 'Mariana').map((value) => ({ value, adds: value === 'Mariana' ? 8 : 0 })),
    fc.stringMatching(/^[!-~]([ -~]{0,9}[!-~])?$/).map((value) => ({ value, adds: 8 })),
    unknown,
  ),
};
const rows = fc.array(fc.record(cells), { minLength: 1, maxLength: 6 });
type Rows = Record<Name, Cell>[];

const valuesOf = (row: Rows[number]) => Object.fromEntries(names.map((name) => [name, row[name].value]));
const answersTo = (some: Rows) =>
  some.map((row) => names.reduce((sum, name) => sum + row[name].adds, 0) / 16);

async function post(url: string, type: string, payload: string) {
  const headers = { 'content-type': type, accept: 'application/json, application/x-ndjson;q=0.9' };
  return app.inject({ method: 'POST', url, payload, headers });
}

const chancesOf = (predictions: { probability: number }[]) =>
  predictions.map(({ probability }) => probability);

/** The cells as texts, empty where missing, and the tensor that has them. */
const textsOf = (some: Rows): string[] =>
  some.flatMap((row) => names.map((name) => String(row[name].value ?? '')));
const table = (some: Rows) => ({ name: 'all', datatype: 'BYTES', shape: [some.length, names.length] });

/** Each way to send rows, and the answers of its response. */
const ways: Record<string, (some: Rows) => Promise<number[]>> = {
  async JSON(some) {
    const response = await post('/predict', 'application/json', JSON.stringify(some.map(valuesOf)));
    return chancesOf(response.json().predictions);
  },
  async CSV(some) {
    const cell = (value: Value) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
    const lines = some.map((row) => names.map((name) => cell(row[name].value)).join());
    const { body } = await post('/predict', 'text/csv', [names.join(), ...lines].join('\n'));
    return chancesOf(
      body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  },
  async 'JSON lines'(some) {
    const lines = some.map((row) => JSON.stringify(valuesOf(row)));
    const { body } = await post('/predict', 'application/x-ndjson', lines.join('\n'));
    return chancesOf(
      body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
  },
  async Arrow(some) {
    const columns = names.map((name): [string, Vector] => {
      // a column has one type, so a boolean cannot have a code for a missing value
      const values = some.map(({ [name]: { value } }) => (name === 'smoker' && value === '?' ? null : value));
      const type = name === 'smoker' ? new Bool() : new Utf8();
      return [name, vectorFromArray(values, type)];
    });
    const response = await app.inject({
      method: 'POST',
      url: '/predict',
      headers: { 'content-type': 'application/vnd.apache.arrow.stream' },
      payload: Buffer.from(tableToIPC(new Table(Object.fromEntries(columns)), 'stream')),
    });
    return [...(tableFromIPC(response.rawPayload).getChild('probability') ?? [])];
  },
  async 'a table of text in /v2'(some) {
    const data = textsOf(some).map((text) => (text === '' ? null : text));
    const inputs = [{ ...table(some), data }];
    const response = await post('/v2/models/tiny/infer', 'application/json', JSON.stringify({ inputs }));
    return response.json().outputs[0].data;
  },
  async 'a tensor for each column in /v2'(some) {
    const inputs = names.map((name) => ({
      name,
      shape: [some.length],
      datatype: name === 'smoker' ? 'BOOL' : 'BYTES',
      data: some.map(({ [name]: { value } }) => (name === 'smoker' && value === '?' ? null : value)),
    }));
    const response = await post('/v2/models/tiny/infer', 'application/json', JSON.stringify({ inputs }));
    return response.json().outputs[0].data;
  },
  async 'bytes in /v2'(some) {
    const bytes = encodeData(textsOf(some));
    const inputs = [{ ...table(some), parameters: { binary_data_size: bytes.length } }];
    const json = Buffer.from(JSON.stringify({ inputs }));
    const response = await app.inject({
      method: 'POST',
      url: '/v2/models/tiny/infer',
      headers: { 'inference-header-content-length': String(json.length) },
      payload: Buffer.concat([json, bytes]),
    });
    return response.json().outputs[0].data;
  },
  async 'raw tensors of gRPC'(some) {
    const message = {
      model_name: 'tiny',
      inputs: [table(some)],
      raw_input_contents: [encodeData(textsOf(some))],
    };
    const {
      raw_output_contents: [first],
    } = await client.call<InferAnswer>('ModelInfer', message);
    return some.map((_, row) => first.readDoubleLE(8 * row));
  },
  async 'contents of gRPC'(some) {
    const contents = { bytes_contents: textsOf(some).map((text) => Buffer.from(text)) };
    const message = { model_name: 'tiny', inputs: [{ ...table(some), contents }] };
    const {
      outputs: [first],
    } = await client.call<InferAnswer>('ModelInfer', message);
    return first.contents?.fp64_contents as number[];
  },
};

test.each(Object.keys(ways))('rows of every kind of column are answered in %s', async (way) => {
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      expect(await ways[way](some)).toEqual(answersTo(some));
    }),
    { numRuns: way.endsWith('gRPC') ? Math.ceil(count / 8) : count },
  );
});

const wrong: Record<Name, unknown[]> = {
  smoker: ['true', 1, 'yes', []],
  born: ['2023-02-30', '1899-12-31', '2025-01-01', '2000-1-1', '2000-01-01T00:00', 5, true],
  admitted: [
    '2024-02-30T10:00',
    '2031-01-01T00:00',
    '2024-01-01',
    '2024-01-01T24:00',
    '2024-01-01T10:00+25:00',
    0,
  ],
  town: [3, false, {}],
};
const spoilt = fc
  .tuple(
    rows,
    fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...names), fc.nat(6)), { minLength: 1, maxLength: 3 }),
  )
  .map(([some, places]) => {
    const sent: Record<string, unknown>[] = some.map(valuesOf);
    const faults = new Set<string>();
    for (const [row, name, which] of places) {
      const at = row % sent.length;
      sent[at][name] = wrong[name][which % wrong[name].length];
      faults.add(`/${at}/${name}`);
    }
    return { sent, faults: [...faults].sort() };
  });

test('every value that a column does not allow is named, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ sent, faults }) => {
      const response = await post('/predict', 'application/json', JSON.stringify(sent));
      expect(response.statusCode).toBe(422);
      const { errors } = response.json() as { errors: { pointer: string }[] };
      expect(errors.map(({ pointer }) => pointer).sort()).toEqual(faults);
    }),
    { numRuns: count },
  );
});
