import { join } from 'node:path';
import { Float64, Table, tableFromIPC, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeData } from '../src/v2/encode.ts';
import { freePort, grpcClient, type InferAnswer } from '../testing/grpc.ts';
import { buildTestApp } from '../testing/serve.ts';

/** The same row in every format: `FUZZ_REQUESTS=50000 npm run test:unit -- api/fuzz` for more of them. */
const count = Math.ceil(Number(process.env.FUZZ_REQUESTS || 2000) / 40);

let app: FastifyInstance;
let client: ReturnType<typeof grpcClient>;
beforeAll(async () => {
  const grpcPort = await freePort();
  client = grpcClient(grpcPort);
  app = await buildTestApp({ models: join(import.meta.dirname, '../../models'), model: 'heart', grpcPort });
  await app.ready();
});
afterAll(async () => {
  client.close();
  await app.close();
});

interface Row {
  age: number | null;
  oldpeak: number | null;
  sex: string | null;
}

const allowed = fc.record({
  age: fc.option(fc.integer({ min: 0, max: 100 })),
  oldpeak: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
  sex: fc.constantFrom('male', 'female', null),
});
/** Of several faults, formats may name another one first. */
const spoilt = fc.oneof(
  fc.record({ age: fc.constantFrom(-1, 101, 50.5, 2 ** 53 - 1, 2 ** 53, -(2 ** 60)) }),
  fc.record({ oldpeak: fc.constantFrom(10.000001, -1e-9, 1e300, -5e-324) }),
  fc.record({ sex: fc.constantFrom('Male', 'x', 'é', 'a,"b') }),
);
const row: fc.Arbitrary<Row> = fc
  .tuple(allowed, fc.option(spoilt, { freq: 2 }))
  .map(([value, fault]) => ({ ...value, ...fault }));

/** The probability; or the column at fault and what is wrong with it, without what is allowed instead, which depends on the format. */
type Outcome = number | string;

const faultIn = (text: string): string => {
  const [, column, detail] = /(?:the input "|\/)(\w+)(?:", row 0:)? (is [^;]*)/.exec(text) ?? [];
  return `${column} ${detail}`;
};

async function post(url: string, type: string, payload: string | Buffer, more = {}) {
  const response = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type, ...more },
  });
  const outcome = (read: () => number): Outcome => {
    const { errors, error, detail } =
      type.startsWith('application/json') || response.statusCode >= 400 ? JSON.parse(response.body) : {};
    return errors || error || detail ? faultIn(error ?? detail) : read();
  };
  return { response, outcome };
}

const infer = '/v2/models/heart/infer';
const names = ['age', 'oldpeak', 'sex'] as const;
const lineOf = (value: Row): string =>
  names.map((name) => (value[name] === null ? '' : `"${String(value[name]).replaceAll('"', '""')}"`)).join();
const csvOf = (value: Row): string => `${names.join()}\n${lineOf(value)}\n`;
const numbers = (value: number | null): Buffer => Buffer.from(Float64Array.of(value ?? Number.NaN).buffer);
const tensors = [
  { name: 'age', datatype: 'FP64', shape: [1] },
  { name: 'oldpeak', datatype: 'FP64', shape: [1] },
  { name: 'sex', datatype: 'BYTES', shape: [1] },
];
const bytesOf = ({ age, oldpeak, sex }: Row): Buffer[] => [
  numbers(age),
  numbers(oldpeak),
  encodeData([sex ?? '']),
];

const ways: Record<string, (value: Row) => Promise<Outcome>> = {
  async JSON(value) {
    const { response, outcome } = await post('/predict', 'application/json', JSON.stringify(value));
    return outcome(() => response.json().probability);
  },
  async 'JSON lines'(value) {
    const { response } = await post('/predict', 'application/x-ndjson', JSON.stringify(value));
    const { probability, detail } = JSON.parse(response.body);
    return probability ?? faultIn(detail);
  },
  async CSV(value) {
    const { response } = await post('/predict', 'text/csv', csvOf(value), { accept: 'application/x-ndjson' });
    const { probability, detail } = JSON.parse(response.body);
    return probability ?? faultIn(detail);
  },
  async Arrow(value) {
    const table = new Table({
      age: vectorFromArray([value.age], new Float64()),
      oldpeak: vectorFromArray([value.oldpeak], new Float64()),
      sex: vectorFromArray([value.sex], new Utf8()),
    });
    const type = 'application/vnd.apache.arrow.stream';
    const { response, outcome } = await post('/predict', type, Buffer.from(tableToIPC(table, 'stream')));
    return outcome(() => tableFromIPC(response.rawPayload).getChild('probability')?.get(0));
  },
  async 'JSON to /invocations'(value) {
    const { response, outcome } = await post('/invocations', 'application/json', JSON.stringify(value));
    return outcome(() => response.json().probability);
  },
  async 'CSV to /invocations'(value) {
    const { response, outcome } = await post('/invocations', 'text/csv', csvOf(value));
    return outcome(() => Number(response.body.split('\n')[1].split(',')[0]));
  },
  async 'JSON of v2'(value) {
    const inputs = tensors.map((tensor) => ({ ...tensor, data: [value[tensor.name as keyof Row]] }));
    const { response, outcome } = await post(infer, 'application/json', JSON.stringify({ inputs }));
    return outcome(() => response.json().outputs[0].data[0]);
  },
  async 'bytes of v2'(value) {
    const raw = bytesOf(value);
    const inputs = tensors.map((tensor, i) => ({
      ...tensor,
      parameters: { binary_data_size: raw[i].length },
    }));
    const head = Buffer.from(JSON.stringify({ inputs }));
    const payload = Buffer.concat([head, ...raw]);
    const length = { 'inference-header-content-length': String(head.length) };
    const { response, outcome } = await post(infer, 'application/json', payload, length);
    return outcome(() => response.json().outputs[0].data[0]);
  },
  async gRPC(value) {
    const message = { model_name: 'heart', inputs: tensors, raw_input_contents: bytesOf(value) };
    return client.call<InferAnswer>('ModelInfer', message).then(
      ({ raw_output_contents: [first] }) => first.readDoubleLE(0),
      ({ details }) => faultIn(details),
    );
  },
};

test('a row has the same answer, or the same fault, in every format', async () => {
  let faults = 0;
  await fc.assert(
    fc.asyncProperty(row, async (value) => {
      const outcomes = await Promise.all(
        Object.entries(ways).map(async ([name, way]) => [name, await way(value)] as const),
      );
      const [[, expected]] = outcomes;
      if (typeof expected === 'string') {
        faults++;
        expect(expected).toMatch(/^(age|oldpeak|sex) is /);
      }
      expect(Object.fromEntries(outcomes)).toEqual(
        Object.fromEntries(outcomes.map(([name]) => [name, expected])),
      );
    }),
    { numRuns: count },
  );
  expect(faults).toBeGreaterThan(0);
  expect(faults).toBeLessThan(count);
});
