import { deflateSync, gzipSync } from 'node:zlib';
import { tinyArtifactWithInterval } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';
import { encodeData } from './encode.ts';

/** https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md */
let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let version: string;

beforeAll(async () => {
  folder = await modelsFolder();
  ({ version } = await folder.registry.publish(tinyArtifactWithInterval()));
  await folder.registry.promote(version);
  app = await buildTestApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

interface Tensor {
  name: string;
  datatype: string;
  shape: number[];
  bytes: Buffer;
  missing?: unknown;
}

const bytesOf = (typed: NodeJS.TypedArray): Buffer =>
  Buffer.from(typed.buffer, typed.byteOffset, typed.byteLength);
const ages = (datatype: string, typed: NodeJS.TypedArray, missing?: unknown): Tensor => ({
  name: 'age',
  datatype,
  shape: [typed.length],
  bytes: bytesOf(typed),
  missing,
});
const texts = (name: string, data: string[]): Tensor => ({
  name,
  datatype: 'BYTES',
  shape: [data.length],
  bytes: encodeData(data),
});

/** A body with these tensors as bytes, as Triton's client makes it. */
function bodyOf(tensors: Tensor[], more: object = {}, cut = 0) {
  const inputs = tensors.map(({ bytes, missing, ...tensor }) => ({
    ...tensor,
    parameters: { binary_data_size: bytes.length, missing_value: missing },
  }));
  const json = Buffer.from(JSON.stringify({ inputs, ...more }));
  const payload = Buffer.concat([json, ...tensors.map(({ bytes }) => bytes)]);
  return { json: json.length, payload: payload.subarray(0, payload.length - cut) };
}

async function post(payload: Buffer, headers: Record<string, string>) {
  return app.inject({ method: 'POST', url: '/v2/models/tiny/infer', payload, headers });
}
async function send(tensors: Tensor[], more: object = {}, cut = 0) {
  const { json, payload } = bodyOf(tensors, more, cut);
  return post(payload, { 'inference-header-content-length': String(json) });
}
const onlyAnswer = { outputs: [{ name: 'probability' }] };
async function chances(tensors: Tensor[]): Promise<number[]> {
  const { body } = await send(tensors, onlyAnswer);
  expect(JSON.parse(body)).toHaveProperty('outputs');
  return JSON.parse(body).outputs[0].data;
}
async function expected(rows: object[]): Promise<number[]> {
  const { predictions } = (await app.inject({ method: 'POST', url: '/predict', payload: rows })).json();
  return predictions.map(({ probability }: { probability: number }) => probability);
}

test.each<[string, NodeJS.TypedArray]>([
  ['FP64', Float64Array.of(40, 60)],
  ['FP32', Float32Array.of(40, 60)],
  ['INT8', Int8Array.of(40, 60)],
  ['INT16', Int16Array.of(40, 60)],
  ['INT32', Int32Array.of(40, 60)],
  ['INT64', BigInt64Array.of(40n, 60n)],
  ['UINT8', Uint8Array.of(40, 60)],
  ['UINT16', Uint16Array.of(40, 60)],
  ['UINT32', Uint32Array.of(40, 60)],
  ['UINT64', BigUint64Array.of(40n, 60n)],
])('a numeric column may be bytes of %s, wherever they begin in the body', async (datatype, typed) => {
  const rows = await expected([
    { age: 40, sex: 'male' },
    { age: 60, sex: 'female' },
  ]);
  const sexes = texts('sex', ['male', 'female']);
  expect(await chances([ages(datatype, typed), sexes])).toEqual(rows);
  expect(await chances([sexes, ages(datatype, typed)])).toEqual(rows);
});

test('negative whole numbers of 64 bits are read exactly, and those beyond 2^53 refused by name', async () => {
  const { body } = await send([ages('INT64', BigInt64Array.of(-1n))]);
  expect(JSON.parse(body).error).toBe(
    'the input "age", row 0: is too small; allowed: a whole number from 0 to 100 (years), or null where it is not known',
  );
  for (const [datatype, typed] of [
    ['INT64', BigInt64Array.of(2n ** 53n)],
    ['INT64', BigInt64Array.of(-(2n ** 63n))],
    ['UINT64', BigUint64Array.of(2n ** 64n - 1n)],
  ] as const) {
    const refused = await send([{ ...ages(datatype, typed), name: 'weight' }]);
    expect(refused.json().error).toMatch(/^the input "weight", row 0: is a whole number beyond 2\^53 - 1/);
  }
});

test('NaN, a named value and an empty text are missing', async () => {
  const rows = await expected([{}, { age: 40, sex: 'male' }]);
  const sexes = texts('sex', ['', 'male']);
  expect(await chances([ages('FP64', Float64Array.of(Number.NaN, 40)), sexes])).toEqual(rows);
  expect(await chances([ages('FP32', Float32Array.of(Number.NaN, 40)), sexes])).toEqual(rows);
  expect(await chances([ages('INT32', Int32Array.of(-1, 40), -1), sexes])).toEqual(rows);
  expect(await chances([ages('FP32', Float32Array.of(-0.1, 40), -0.1), sexes])).toEqual(rows);
  const named = { ...texts('sex', ['unknown', 'male']), missing: 'unknown' };
  expect(await chances([ages('FP64', Float64Array.of(Number.NaN, 40)), named])).toEqual(rows);
});

test('all columns may be bytes in one tensor of text', async () => {
  const cells = ['40', 'male', '71.5', '60', 'female', '80'];
  const table: Tensor = { name: 'rows', datatype: 'BYTES', shape: [2, 3], bytes: encodeData(cells) };
  expect(await chances([table])).toEqual(
    await expected([
      { age: 40, sex: 'male', weight: 71.5 },
      { age: 60, sex: 'female', weight: 80 },
    ]),
  );
});

test('outputs are bytes where the request asks for it: all, all but one, or one', async () => {
  const tensors = [ages('INT64', BigInt64Array.of(40n))];
  const all = await send(tensors, { parameters: { binary_data_output: true } });
  expect(all.headers['content-type']).toBe('application/octet-stream');
  const length = Number(all.headers['inference-header-content-length']);
  const { outputs } = JSON.parse(all.rawPayload.subarray(0, length).toString());
  expect(outputs.map(({ name }: { name: string }) => name)).toEqual([
    'probability',
    'low',
    'high',
    'warnings',
    'id',
  ]);
  const bytes = all.rawPayload.subarray(length);
  const sizes = outputs.map(
    ({ parameters }: { parameters: { binary_data_size: number } }) => parameters.binary_data_size,
  );
  expect(sizes.reduce((sum: number, size: number) => sum + size)).toBe(bytes.length);
  expect(bytes.readDoubleLE(0)).toBe((await expected([{ age: 40 }]))[0]);
  expect(bytes.readUInt32LE(24)).toBe('[]'.length);
  expect(bytes.toString('utf8', 28, 30)).toBe('[]');

  const one = await send(tensors, {
    parameters: { binary_data_output: true },
    outputs: [{ name: 'probability', parameters: { binary_data: false } }, { name: 'low' }],
  });
  const at = Number(one.headers['inference-header-content-length']);
  expect(JSON.parse(one.rawPayload.subarray(0, at).toString()).outputs).toEqual([
    { name: 'probability', datatype: 'FP64', shape: [1], data: [expect.any(Number)] },
    { name: 'low', datatype: 'FP64', shape: [1], parameters: { binary_data_size: 8 } },
  ]);
});

test.each<[string, Tensor[], string, number?]>([
  [
    'bytes of FP16',
    [{ ...ages('FP16', Uint16Array.of(1)) }],
    'the input "age" cannot be "FP16"; it can be FP64',
  ],
  [
    'bytes of BF16',
    [{ ...ages('BF16', Uint16Array.of(1)) }],
    'the input "age" cannot be "BF16"; it can be FP64',
  ],
  [
    'too few bytes',
    [{ ...ages('FP64', Float64Array.of(1)), shape: [2] }],
    'the input "age" has 8 bytes; FP64 of its shape, [2], has 16',
  ],
  [
    'a body cut short',
    [ages('FP64', Float64Array.of(1))],
    'inputs[0].parameters.binary_data_size is 8; 5 bytes are left',
    3,
  ],
  [
    'text cut short',
    [{ ...texts('sex', ['male']), bytes: encodeData(['male']).subarray(0, 6) }],
    'the input "sex", row 0: is longer than the bytes',
  ],
  [
    'more text than elements',
    [{ ...texts('sex', ['male', 'male']), shape: [1] }],
    'the input "sex", row 0: has 8 bytes behind it',
  ],
  [
    'text that is not UTF-8',
    [{ ...texts('sex', ['x']), bytes: Buffer.from([1, 0, 0, 0, 255]) }],
    'the input "sex", row 0: is not text in UTF-8',
  ],
  [
    'a fraction of a year',
    [ages('FP32', Float32Array.of(40, 40.5))],
    'the input "age", row 1: is not a whole number',
  ],
  [
    'the first row of many faults',
    [ages('FP64', Float64Array.of(1, 2, 400)), texts('sex', ['male', 'x', 'male'])],
    'the input "sex", row 1: is not one of the categories',
  ],
])('%s are refused by name', async (_what, tensors, error, cut) => {
  const answer = await send(tensors, {}, cut);
  expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringContaining(error)]);
});

test.each(['x', '-1', '1.5', '9999'])(
  'an Inference-Header-Content-Length of %s is refused by name',
  async (length) => {
    const { payload } = bodyOf([ages('FP64', Float64Array.of(40))]);
    const answer = await post(payload, { 'inference-header-content-length': length });
    expect([answer.statusCode, answer.json().error]).toEqual([
      400,
      expect.stringMatching(/^Inference-Header-Content-Length is not/),
    ]);
  },
);

test('a body may be compressed, and its limit holds for what it unpacks to', async () => {
  const { json, payload } = bodyOf([ages('FP64', Float64Array.of(40))]);
  const length = { 'inference-header-content-length': String(json) };
  for (const [coding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const) {
    const answer = await post(pack(payload), { ...length, 'content-encoding': coding });
    expect([coding, answer.statusCode]).toEqual([coding, 200]);
    const bomb = pack(Buffer.alloc(2 ** 21, ' '));
    const refused = await post(bomb, { 'content-encoding': coding });
    expect([refused.statusCode, refused.json().error]).toEqual([
      413,
      'The body is too large: it unpacks into more than 1048576 bytes',
    ]);
    const broken = await post(payload, { 'content-encoding': coding });
    expect([broken.statusCode, broken.json().error]).toEqual([
      400,
      `the body is not ${coding}, which its content-encoding says`,
    ]);
  }
  const other = await post(payload, { 'content-encoding': 'br' });
  expect([other.statusCode, other.json().error]).toEqual([
    415,
    expect.stringContaining('send gzip, deflate or none'),
  ]);
});

test('configuration, index and statistics are those of the model that serves', async () => {
  const get = async (url: string) => (await app.inject(url)).json();
  const config = await get('/v2/models/tiny/config');
  expect(config).toMatchObject({ name: 'tiny', platform: 'hearth_forest', max_batch_size: 0 });
  expect(config.input).toContainEqual({ name: 'sex', data_type: 'TYPE_STRING', dims: [-1], optional: true });
  expect(config.output[0]).toEqual({ name: 'probability', data_type: 'TYPE_FP64', dims: [-1] });
  const index = (payload?: object) =>
    app.inject({ method: 'POST', url: '/v2/repository/index', ...(payload && { payload }) });
  const one = [{ name: 'tiny', version, state: 'READY', reason: '' }];
  expect((await index()).json()).toEqual(one);
  expect((await index({ ready: true })).json()).toEqual(one);
  expect((await index({ ready: 1 })).statusCode).toBe(400);

  const [before] = (await get('/v2/models/stats')).model_stats;
  await chances([ages('FP64', Float64Array.of(1, 2, 3))]);
  await send([ages('FP64', Float64Array.of(-1))]);
  for (const url of [
    '/v2/models/stats',
    '/v2/models/tiny/stats',
    `/v2/models/tiny/versions/${version}/stats`,
  ]) {
    const [after] = (await get(url)).model_stats;
    expect([
      after.inference_count - before.inference_count,
      after.execution_count - before.execution_count,
    ]).toEqual([3, 1]);
    expect(after.inference_stats.fail.count - before.inference_stats.fail.count).toBe(1);
    expect(after.inference_stats.success.ns).toBeGreaterThan(0);
  }
});

test.each(['load', 'unload'])('no request can %s a model', async (verb) => {
  const answer = await app.inject({ method: 'POST', url: `/v2/repository/models/tiny/${verb}` });
  expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringContaining('hearth promote')]);
});
