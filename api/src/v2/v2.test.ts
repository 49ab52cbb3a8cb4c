import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifactWithInterval } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { buildApp } from '../app.ts';

/**
 * The specification's sections in their order:
 * https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md
 */
let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let version: string;

beforeAll(async () => {
  folder = await modelsFolder();
  version = (await folder.registry.publish(tinyArtifactWithInterval())).version;
  await folder.registry.promote(version);
  app = await buildApp({ models: folder.models });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

const get = async (url: string) => {
  const { statusCode, body } = await app.inject(url);
  return { status: statusCode, body: JSON.parse(body) };
};
const infer = async (payload: unknown, url = '/v2/models/tiny/infer') => {
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload: payload as object });
  return { status: statusCode, body: JSON.parse(body) };
};
const predict = async (rows: object[]) =>
  (await app.inject({ method: 'POST', url: '/predict', payload: rows })).json().predictions;

const age = (data: unknown[], more: object = {}) => ({
  name: 'age',
  shape: [data.length],
  datatype: 'INT64',
  data,
  ...more,
});
const sex = (data: unknown[]) => ({ name: 'sex', shape: [data.length], datatype: 'BYTES', data });

test('the server is live and ready', async () => {
  expect(await get('/v2/health/live')).toEqual({ status: 200, body: { live: true } });
  expect(await get('/v2/health/ready')).toEqual({ status: 200, body: { ready: true } });
});

test('the server describes itself, with and without a slash at the end', async () => {
  for (const url of ['/v2', '/v2/']) {
    expect(await get(url)).toEqual({
      status: 200,
      body: {
        name: 'hearth',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        extensions: expect.arrayContaining(['binary_tensor_data', 'missing_values', 'table_tensor']),
      },
    });
  }
});

test('the model is ready by its name, and by its version', async () => {
  for (const url of ['/v2/models/tiny/ready', `/v2/models/tiny/versions/${version}/ready`]) {
    expect(await get(url)).toEqual({ status: 200, body: { name: 'tiny', ready: true } });
  }
});

test('the model describes a tensor for every column and every part of its answer', async () => {
  const tensor = (name: string, datatype: string) => ({ name, datatype, shape: [-1] });
  for (const url of ['/v2/models/tiny', `/v2/models/tiny/versions/${version}`]) {
    expect(await get(url)).toEqual({
      status: 200,
      body: {
        name: 'tiny',
        versions: [version],
        platform: 'hearth_forest',
        inputs: [tensor('age', 'INT64'), tensor('sex', 'BYTES'), tensor('weight', 'FP64')],
        outputs: [
          tensor('probability', 'FP64'),
          tensor('low', 'FP64'),
          tensor('high', 'FP64'),
          tensor('warnings', 'BYTES'),
          tensor('id', 'BYTES'),
        ],
      },
    });
  }
});

test('a tensor per column is answered row by row as /predict answers', async () => {
  const { status, body } = await infer({ id: '42', inputs: [age([40, 99]), sex(['male', 'female'])] });
  const rows = await predict([
    { age: 40, sex: 'male' },
    { age: 99, sex: 'female' },
  ]);
  expect(status).toBe(200);
  expect(body).toEqual({
    model_name: 'tiny',
    model_version: version,
    id: '42',
    parameters: { interval_level: 0.9 },
    outputs: [
      { name: 'probability', datatype: 'FP64', shape: [2], data: [rows[0].probability, rows[1].probability] },
      { name: 'low', datatype: 'FP64', shape: [2], data: [rows[0].interval.low, rows[1].interval.low] },
      { name: 'high', datatype: 'FP64', shape: [2], data: [rows[0].interval.high, rows[1].interval.high] },
      { name: 'warnings', datatype: 'BYTES', shape: [2], data: ['[]', expect.stringContaining('"/age"')] },
      {
        name: 'id',
        datatype: 'BYTES',
        shape: [2],
        data: expect.arrayContaining([expect.stringMatching(/:1$/)]),
      },
    ],
  });
});

const chances = async (inputs: unknown[], more: object = {}) => {
  const { status, body } = await infer({ inputs, outputs: [{ name: 'probability' }], ...more });
  expect(body).toHaveProperty('outputs');
  expect(status).toBe(200);
  return body.outputs[0].data;
};

test('without an id there is none in the answer', async () => {
  expect((await infer({ inputs: [age([40])] })).body).not.toHaveProperty('id');
});

test('the version can be named, also as the one in production', async () => {
  for (const name of [version, 'production']) {
    const { body } = await infer({ inputs: [age([40])] }, `/v2/models/tiny/versions/${name}/infer`);
    expect(body.model_version).toBe(version);
  }
});

test('only the outputs asked for are sent, in the order asked', async () => {
  const { body } = await infer({ inputs: [age([40])], outputs: [{ name: 'high' }, { name: 'probability' }] });
  expect(body.outputs.map(({ name }: { name: string }) => name)).toEqual(['high', 'probability']);
  const all = await infer({ inputs: [age([40])], outputs: [] });
  expect(all.body.outputs).toHaveLength(5);
});

test('a column may be of shape [n, 1], its data flat or nested', async () => {
  const flat = await chances([age([40, 60])]);
  expect(await chances([age([40, 60], { shape: [2, 1] })])).toEqual(flat);
  expect(await chances([age([[40], [60]], { shape: [2, 1] })])).toEqual(flat);
});

test.each(['FP64', 'FP32', 'INT8', 'INT16', 'INT32', 'INT64', 'UINT8', 'UINT16', 'UINT32', 'UINT64'])(
  'a numeric column may be %s',
  async (datatype) => {
    expect(await chances([age([40], { datatype })])).toEqual(await chances([age([40])]));
  },
);

test('all columns may come in one tensor of BYTES, in the order of the metadata', async () => {
  const data = ['40', 'male', '71.5', '60', 'female', '80'];
  const separate = await chances([age([40, 60]), sex(['male', 'female'])]);
  const table = { name: 'rows', shape: [2, 3], datatype: 'BYTES' };
  expect(await chances([{ ...table, data }])).toEqual(separate);
  expect(await chances([{ ...table, data: [data.slice(0, 3), data.slice(3)] }])).toEqual(separate);
});

test('what is not known is null, a named value, or not sent', async () => {
  const [unknown, known] = await chances([age([null, 40]), sex(['male', 'male'])]);
  expect(unknown).not.toBe(known);
  const marked = (parameters: object) => ({ ...age([-1, 40]), parameters });
  expect(await chances([marked({ missing_value: -1 }), sex(['male', 'male'])])).toEqual([unknown, known]);
  const forAll = { parameters: { missing_value: '' } };
  const table = { name: 'rows', shape: [2, 3], datatype: 'BYTES', data: ['', 'male', '', '40', 'male', ''] };
  expect(await chances([table], forAll)).toEqual([unknown, known]);
  expect(await chances([sex(['male'])])).toEqual([unknown]);
});

test('members that are null are absent', async () => {
  const plain = await chances([age([40])]);
  const parameters = { content_type: null, headers: null };
  expect(await chances([age([40], { parameters: null })], { id: null, parameters })).toEqual(plain);
  const { status, body } = await infer({ inputs: [age([40])], outputs: null });
  expect([status, body.outputs.length]).toEqual([200, 5]);
});

test("what MLServer's and Triton's clients say about tensors of columns changes nothing", async () => {
  const plain = await chances([age([40]), sex(['male'])]);
  const parameters = { content_type: 'np', sequence_id: 0, sequence_start: false, priority: 0, timeout: 1e6 };
  const coded = [
    age([40], { parameters: { content_type: 'np' } }),
    { ...sex(['male']), parameters: { content_type: 'str' } },
  ];
  expect(await chances(coded, { parameters })).toEqual(plain);
  expect(await chances(coded, { parameters: { content_type: 'pd' }, model_name: 'tiny' })).toEqual(plain);
});

test.each<[string, unknown, string]>([
  ['no object', [], 'the body is not an object'],
  ['no inputs', {}, 'inputs is not a list of at least one tensor'],
  ['empty inputs', { inputs: [] }, 'inputs is not a list of at least one tensor'],
  ['an input that is no object', { inputs: [1] }, 'inputs[0] is not an object'],
  ['an id that is a number', { id: 42, inputs: [age([40])] }, 'id is not text'],
  ['parameters in a list', { parameters: [], inputs: [age([40])] }, 'parameters is not an object'],
  ['a nameless input', { inputs: [{ ...age([40]), name: undefined }] }, 'inputs[0].name is not text'],
  [
    'a shape below 0',
    { inputs: [age([40], { shape: [-1] })] },
    'inputs[0].shape is not a list of whole numbers',
  ],
  ['a wrong shape', { inputs: [age([40], { shape: [2] })] }, 'do not match its shape, [2]'],
  ['ragged data', { inputs: [age([[40], [1, 2]], { shape: [3, 1] })] }, 'do not match its shape, [3,1]'],
  [
    'a scalar',
    { inputs: [age([40], { shape: [] })] },
    'the input "age" does not have the shape [n] or [n, 1]',
  ],
  [
    'a wide column',
    { inputs: [age([40, 41], { shape: [1, 2] })] },
    'the input "age" does not have the shape [n]',
  ],
  ['no rows', { inputs: [age([])] }, 'the input "age" has no rows'],
  ['no datatype', { inputs: [age([40], { datatype: undefined })] }, 'inputs[0].datatype is not text'],
  ['an unknown datatype', { inputs: [age([40], { datatype: 'FP16' })] }, 'cannot be "FP16"; it can be FP64'],
  ['BYTES for a number', { inputs: [age(['40'], { datatype: 'BYTES' })] }, 'cannot be "BYTES"'],
  ['text in a number', { inputs: [age(['40'])] }, 'the input "age", row 0: is not a number'],
  ['a fraction in INT64', { inputs: [age([40.5])] }, 'is not a whole number, which INT64 needs'],
  ['too much for INT8', { inputs: [age([300], { datatype: 'INT8' })] }, 'does not fit into INT8'],
  ['a number in BYTES', { inputs: [sex([1])] }, 'is not text; BYTES are text in JSON'],
  ['a fraction of a year', { inputs: [age([40.5], { datatype: 'FP64' })] }, 'row 0: is not a whole number'],
  ['a value not allowed', { inputs: [age([40, 400])] }, 'the input "age", row 1: is too large; allowed'],
  ['an unknown category', { inputs: [sex(['x'])] }, 'the input "sex", row 0: is not one of the categories'],
  ['an unknown column', { inputs: [age([40]), { ...age([1]), name: 'agee' }] }, 'there is no input "agee"'],
  ['a column twice', { inputs: [age([40]), age([41])] }, 'inputs contains "age" more than once'],
  ['columns of two lengths', { inputs: [age([40]), sex(['male', 'male'])] }, 'have different lengths'],
  [
    'a narrow table',
    { inputs: [{ ...age([1, 2]), name: 'rows', shape: [1, 2] }] },
    'does not have the shape [n, 3]',
  ],
  [
    'no number in a table',
    { inputs: [{ name: 'rows', shape: [1, 3], datatype: 'BYTES', data: ['x', 'male', '1'] }] },
    'the input "age", row 0: is not a number; allowed: a whole number from 0 to 100',
  ],
  ['no data', { inputs: [age([40], { data: undefined })] }, 'inputs[0].data is not a list'],
  [
    'an unknown output',
    { inputs: [age([40])], outputs: [{ name: 'x' }] },
    'there is no output "x"; there are prob',
  ],
  ['outputs of another kind', { inputs: [age([40])], outputs: {} }, 'outputs is not a list'],
  ['a nameless output', { inputs: [age([40])], outputs: [{}] }, 'outputs[0].name is not text'],
  ['another model', { model_name: 'other', inputs: [age([40])] }, 'model_name is not that of the address'],
  [
    'an unknown member',
    { inputs: [age([40])], output: [] },
    'the body has the unknown member "output"; known are id,',
  ],
  [
    'an unknown member of an input',
    { inputs: [age([40], { dtype: 'x' })] },
    'inputs[0] has the unknown member "dtype"',
  ],
  [
    'an unknown parameter',
    { inputs: [age([40])], parameters: { a: 1 } },
    'parameters has the unknown "a"; known are missing',
  ],
  [
    'a sequence',
    { inputs: [age([40])], parameters: { sequence_id: 7 } },
    'parameters.sequence_id is not supported: ',
  ],
  [
    'a priority',
    { inputs: [age([40])], parameters: { priority: 1 } },
    'parameters.priority is not supported: ',
  ],
  [
    'no time',
    { inputs: [age([40])], parameters: { timeout: 0 } },
    'parameters.timeout is not a whole number ≥ 1',
  ],
  [
    'Base64',
    { inputs: [age([40], { parameters: { content_type: 'base64' } })] },
    'inputs[0].parameters.content_type is not np or str or datetime',
  ],
  [
    'shared memory',
    { inputs: [age([40], { parameters: { shared_memory_region: 'a' } })] },
    'inputs[0].parameters.shared_memory_region is not supported: there is no shared memory',
  ],
  [
    'a classification',
    { inputs: [age([40])], outputs: [{ name: 'low', parameters: { classification: 2 } }] },
    'outputs[0].parameters.classification is not supported: ask for the output class',
  ],
  [
    'a missing value of another type',
    { inputs: [age([40], { parameters: { missing_value: 'x' } })] },
    'the input "age" has a missing_value that cannot be an element of INT64',
  ],
  [
    'a whole number that is not exact',
    { inputs: [{ ...age([2 ** 53]), name: 'weight' }] },
    'the input "weight", row 0: is a whole number beyond 2^53 - 1, which cannot be read exactly',
  ],
  [
    'data twice',
    { inputs: [age([40], { parameters: { binary_data_size: 8 } })] },
    'inputs[0] has both data and parameters.binary_data_size',
  ],
])('%s is an error of the protocol', async (_what, payload, error) => {
  const answer = await infer(payload);
  expect(answer).toEqual({ status: 400, body: { error: expect.stringContaining(error) } });
});

test.each([10_001, Number.MAX_SAFE_INTEGER])('%i rows are more than a request has', async (rows) => {
  const answer = await infer({ inputs: [age([40], { shape: [rows] })] });
  expect(answer.status).toBe(413);
  expect(answer.body).toEqual({ error: `there are ${rows} rows; a request has at most 10000` });
});

test.each([
  ['/v2/models/other', 'there is no model "other"; there is "tiny"'],
  ['/v2/models/other/ready', 'there is no model "other"'],
  ['/v2/models/tiny/versions/9', 'there is no version "9"; '],
  ['/v2/nothing', 'there is nothing at this address'],
  [`/v2/models/${'a'.repeat(500)}`, `there is no model "${'a'.repeat(60)}…"`],
])('%s is not found, in the shape of the protocol', async (url, error) => {
  expect(await get(url)).toEqual({ status: 404, body: { error: expect.stringContaining(error) } });
});

test.each([
  ['DELETE', '/v2', 'GET, HEAD'],
  ['PUT', '/v2/models/tiny', 'GET, HEAD'],
  ['GET', '/v2/models/tiny/infer', 'POST'],
  ['GET', `/v2/models/${'a'.repeat(500)}/infer`, 'POST'],
  ['GET', '/v2/repository/index', 'POST'],
] as const)('%s %s is not allowed, in the shape of the protocol', async (method, url, allow) => {
  const { statusCode, headers, body } = await app.inject({ method, url });
  expect([statusCode, headers.allow, JSON.parse(body)]).toEqual([
    405,
    allow,
    { error: `this address takes ${allow}` },
  ]);
});

test.each(['/v2/models/%zz', '/v2/%', '/v2/models/%ff/infer'])(
  '%s is refused in the shape of the protocol',
  async (url) => {
    for (const method of ['GET', 'POST'] as const) {
      const { statusCode, headers, body } = await app.inject({ method, url });
      expect([statusCode, headers['content-type'], JSON.parse(body)]).toEqual([
        400,
        'application/json',
        { error: expect.stringContaining('not a valid URL') },
      ]);
    }
  },
);

test('a body of any type to an unknown address is not judged', async () => {
  for (const type of ['text/plain', 'application/json', undefined]) {
    const headers = type === undefined ? {} : { 'content-type': type };
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/v2/nothing',
      headers,
      payload: 'x',
    });
    expect([statusCode, JSON.parse(body)]).toEqual([
      404,
      { error: 'there is nothing at this address of the protocol' },
    ]);
  }
});

test('errors before the protocol is reached have its shape too', async () => {
  const url = '/v2/models/tiny/infer';
  for (const [type, status] of [
    ['application/json', 400],
    ['text/csv', 415],
    ['application/json; charset=latin1', 415],
  ] as const) {
    const headers = { 'content-type': type };
    const refused = await app.inject({ method: 'POST', url, headers, payload: '{' });
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([status, 'application/json']);
    expect(refused.json()).toEqual({ error: expect.any(String) });
  }
});

test('without a model the server is live and not ready', async () => {
  const empty = await modelsFolder();
  await publishTiny(openRegistry(`${empty.models}/tiny`));
  const waiting = await buildApp({ models: empty.models });
  const ask = async (url: string) => {
    const { statusCode, body } = await waiting.inject(url);
    return [statusCode, JSON.parse(body)];
  };
  expect(await ask('/v2/health/live')).toEqual([200, { live: true }]);
  expect(await ask('/v2/health/ready')).toEqual([503, { ready: false }]);
  expect(await ask('/v2/models/tiny/ready')).toEqual([503, { name: 'tiny', ready: false }]);
  expect(await ask('/v2/models/tiny')).toEqual([503, { error: expect.stringContaining('No model') }]);
  await waiting.close();
  await empty.remove();
});

test('a server about to stop is not ready', async () => {
  const stopping = await buildApp({ models: folder.models });
  stopping.drain();
  expect((await stopping.inject('/v2/health/ready')).statusCode).toBe(503);
  expect((await stopping.inject('/v2/models/tiny/ready')).json()).toEqual({ name: 'tiny', ready: false });
  await stopping.close();
});
