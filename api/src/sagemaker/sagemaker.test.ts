import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { buildApp } from '../app.ts';
import { readConfig } from '../server/config.ts';
import { sagemakerEnvironment, serveBare } from './index.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
let folder: string;
let app: FastifyInstance;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'hearth-sagemaker-')), 'model');
  await writeArtifact(tinyArtifact(), folder);
  app = await buildApp({ models: folder, serving: serveBare(folder) });
});
afterEach(async () => {
  await app.close();
  await rm(join(folder, '..'), { recursive: true });
});

const csv = { 'content-type': 'text/csv' };
const invoke = (payload: string | object, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/invocations',
    payload,
    headers: { 'x-request-id': 'q', ...headers },
  });

test('ping is answered by 200 and an empty body', async () => {
  const { statusCode, body } = await app.inject('/ping');
  expect([statusCode, body]).toEqual([200, '']);
});

test('bare files are served under the name in their manifest and the hash of their content', async () => {
  const { body } = await app.inject('/health');
  expect(JSON.parse(body)).toMatchObject({
    status: 'ok',
    model: { name: 'tiny', version: tinyArtifact().sha256.slice(0, 7) },
  });
});

test("a version's folder keeps its name, and its content has to be what the name says", async () => {
  const registry = await modelsFolder();
  const version = await publishTiny(registry.registry);
  const unpacked = join(folder, '../unpacked');
  await cp(join(registry.models, 'tiny', version), join(unpacked, version), { recursive: true });
  const serving = serveBare(unpacked);
  await serving.start();
  expect(serving.model().version).toBe(version);
  await cp(join(unpacked, version), join(folder, '../wrong/7-0000000'), { recursive: true });
  const wrong = serveBare(join(folder, '../wrong'));
  await wrong.start();
  expect(wrong.refusals).toMatchObject([{ check: 'hash' }]);
  await registry.remove();
});

test('a folder without a version, or with several, is unhealthy, with the reason', async () => {
  const empty = join(folder, '../empty');
  await mkdir(empty);
  const ill = await buildApp({ models: empty, serving: serveBare(empty) });
  expect((await ill.inject('/ping')).statusCode).toBe(503);
  const refused = await ill.inject({ method: 'POST', url: '/invocations', payload: {} });
  expect(refused.statusCode).toBe(503);
  expect(refused.json().detail).toContain(
    'contains no version; put exactly one there, as hearth export --sagemaker packs it',
  );
  await ill.close();
  for (const name of ['1-0000000', '2-0000000']) await mkdir(join(empty, name));
  const several = serveBare(empty);
  await several.start();
  expect(several.refusals[0]?.reason).toContain('contains 1-0000000 and 2-0000000');
});

test('JSON is one row, a list, or a list in instances', async () => {
  expect((await invoke({ age: 60, sex: 'male' })).json()).toMatchObject({ probability: 0.7 });
  const list = (await invoke([{ age: 60, sex: 'male' }, {}])).json();
  expect(list.predictions.map(({ probability }: { probability: number }) => probability)).toEqual([0.7, 0.5]);
  expect((await invoke({ instances: [{ age: 60, sex: 'male' }, {}] })).json()).toEqual(list);
});

test.each([
  ['with a header', 'sex,age\nmale,60\n,\n', 'text/csv', true],
  ['without a header, in the order of the columns', '60,male,\n,,\n', 'text/csv', false],
  ['with blank lines', '\n60,male,\n\n,,\n \n', 'text/csv', false],
  ['with carriage returns alone', '60,male,\r,,\r', 'text/csv', false],
  ['with carriage returns and no line feed at its end', '60,male,\r\n,,', 'text/csv', false],
  ['declared to have a header', 'sex,age\nmale,60\n,\n', 'text/csv; header=present', true],
  ['declared to have none', '60,male,\n,,\n', 'text/csv; header=absent', false],
])('CSV %s is answered by CSV', async (_how, payload, type, header) => {
  const { statusCode, headers, body } = await invoke(payload, { 'content-type': type });
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const version = tinyArtifact().sha256.slice(0, 7);
  const lines = [`0.7,${version},,,q:0`, `0.5,${version},,,q:1`];
  expect(body).toBe([...(header ? ['probability,model,warnings,errors,id'] : []), ...lines, ''].join('\n'));
});

test('an empty body that is declared to have a header has no rows', async () => {
  const refused = await invoke('', { 'content-type': 'text/csv; header=present' });
  expect(refused.json().errors).toEqual([{ pointer: '', detail: 'has no rows: send at least one' }]);
});

test('CSV is answered as JSON if Accept prefers it', async () => {
  const answer = await invoke('60,male,\n,,\n', { ...csv, accept: 'application/json' });
  expect(answer.json()).toEqual((await invoke([{ age: 60, sex: 'male' }, {}])).json());
});

const jsonl = { 'content-type': 'application/jsonlines' };
const chances = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).probability);

test.each([
  '{"age":60,"sex":"male"}\n{}\n',
  '{"age":60,"sex":"male"}\n\n{}\n \r\n',
  '\uFEFF{"age":60,"sex":"male"}\r\n{}',
])('JSON lines are answered by a line each', async (payload) => {
  const { statusCode, headers, body } = await invoke(payload, jsonl);
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('application/jsonlines');
  expect(chances(body)).toEqual([0.7, 0.5]);
  expect(JSON.parse(body.split('\n')[0]).model.name).toBe('tiny');
});

test('every format is answered as JSON lines if Accept prefers them, and JSON lines as JSON', async () => {
  const rows = [{ age: 60, sex: 'male' }, {}];
  const accept = 'application/jsonlines';
  expect(chances((await invoke(rows, { accept })).body)).toEqual([0.7, 0.5]);
  expect(chances((await invoke({ instances: rows }, { accept })).body)).toEqual([0.7, 0.5]);
  expect(chances((await invoke(rows[0], { accept })).body)).toEqual([0.7]);
  expect(chances((await invoke('60,male,\n,,\n', { ...csv, accept })).body)).toEqual([0.7, 0.5]);
  const answer = await invoke('{"age":60,"sex":"male"}\n{}', { ...jsonl, accept: 'application/json' });
  expect(answer.json()).toEqual((await invoke(rows)).json());
});

test.each([
  ['', '', 'has no rows: send at least one'],
  ['{}\n{"age":"60"}', '/1/age', 'is text; allowed: a whole number from 0 to 100'],
  ['{}\n{"age":', '/1', 'it is not valid JSON'],
  ['{}\n[{}]', '/1', 'is a list'],
  ['{"age":1,"age":2}', '/0/age', 'is given more than once'],
])('JSON lines %j are refused as a problem that names the fault', async (payload, pointer, detail) => {
  const refused = await invoke(payload, jsonl);
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors[0]).toEqual({ pointer, detail: expect.stringContaining(detail) });
});

test('a JSON string is not read as CSV or JSON lines', async () => {
  for (const text of ['60,male,', '{}']) {
    const refused = await invoke(JSON.stringify(text), { 'content-type': 'application/json' });
    expect(refused.statusCode).toBe(422);
  }
});

test.each([
  ['text/csv', ',,\n'],
  ['application/jsonlines', '{}\n'],
])('%s may have any number of rows, since its bytes are limited', async (type, line) => {
  const answered = await invoke(line.repeat(10_001), { 'content-type': type });
  expect(answered.statusCode).toBe(200);
  expect(answered.body.trimEnd().split('\n')).toHaveLength(10_001);
});

test('a list in JSON may have any number of rows too', async () => {
  for (const body of [`[${'{},'.repeat(10_000)}{}]`, `{"instances":[${'{},'.repeat(10_000)}{}]}`])
    expect((await invoke(body, { 'content-type': 'application/json' })).json().predictions).toHaveLength(
      10_001,
    );
});

test.each([
  ['text/csv', '\n'],
  ['text/csv', '\r\n \n'],
  ['application/jsonlines', ' \n'],
])(
  'a body of %s with blank lines only, as Batch Transform makes of a blank line, gets no line',
  async (type, body) => {
    const { statusCode, body: answer } = await invoke(body, { 'content-type': type });
    expect([statusCode, answer]).toEqual([200, '']);
  },
);

test.each([
  ['application/jsonlines', `{"sex":"${'x'.repeat(70_000)}"}\n`],
  ['text/csv', `60,${'x'.repeat(70_000)},\n`],
])('a line of %s has at most LINE_BYTES', async (type, line) => {
  const refused = await invoke(line, { 'content-type': type });
  expect(refused.json().errors).toEqual([{ pointer: '/0', detail: 'has more than 65536 bytes' }]);
});

test.each([
  ['application/json', JSON.stringify([{ age: 60, sex: 'male' }, {}])],
  ['application/jsonlines', '{"age":60,"sex":"male"}\n{}\n'],
  ['text/csv', '60,male,\n,,\n'],
])('a body of %s is answered in each type that Accept asks for, and in no other', async (type, body) => {
  const ask = (accept: string) => invoke(body, { 'content-type': type, accept });
  const json = await ask('text/html, application/json');
  expect(json.headers['content-type']).toBe('application/json');
  const expected = json.json().predictions.map((each: { probability: number }) => each.probability);
  expect(expected).toEqual([0.7, 0.5]);
  expect(chances((await ask('application/jsonlines; charset=utf-8')).body)).toEqual(expected);
  const table = (await ask('TEXT/CSV')).body;
  expect(table.split('\n').map((line) => line.split(',')[0])).toEqual(['0.7', '0.5', '']);
  expect((await ask('text/csv; header=present')).body.split('\n')[0]).toMatch(/^probability,/);
  expect((await ask('text/html')).statusCode).toBe(406);
});

test('Batch Transform can ask how large a payload may be', async () => {
  expect((await app.inject('/execution-parameters')).json()).toEqual({
    MaxConcurrentTransforms: 2,
    BatchStrategy: 'MULTI_RECORD',
    MaxPayloadInMB: 1,
  });
});

test.each([
  ['', '', 'has no rows: send at least one'],
  ['age\n', '', 'has no rows: send at least one'],
  ['60,male\n', '/0', 'has 2 cells; the header has 3'],
  ['60,male,\nold,male,\n', '/1/age', 'is not a number; allowed: a whole number from 0 to 100'],
  ['"60,male,\n', '/0', 'quotes that do not pair up'],
  ['age,sexx\n60,male\n', '/sexx', 'did you mean "sex"?'],
])('CSV %j is refused as a problem that names the fault', async (payload, pointer, detail) => {
  const refused = await invoke(payload, csv);
  expect(refused.statusCode).toBe(422);
  const [fault] = refused.json().errors;
  expect(fault.pointer).toBe(pointer);
  expect(fault.detail).toContain(detail);
});

test('the port is 8080 or the one that SageMaker names, and the model where it unpacks it', () => {
  const image = { PORT: '3000', MODELS: '/hearth/models', LOG_LEVEL: 'warn' };
  expect(sagemakerEnvironment(image)).toMatchObject({
    PORT: '8080',
    MODELS: '/opt/ml/model',
    LOG_LEVEL: 'warn',
  });
  expect(sagemakerEnvironment({ SAGEMAKER_BIND_TO_PORT: '9000', SM_MODEL_DIR: '/m' })).toMatchObject({
    PORT: '9000',
    MODELS: '/m',
  });
});

test('bodies are as large as SageMaker says, and no transform is shed', () => {
  const of = (env: NodeJS.ProcessEnv) => readConfig(sagemakerEnvironment(env), { port: 0 });
  expect(of({}).limits.bodyBytes).toBe(6 * 2 ** 20);
  expect(of({}).safety.shedAfter).toBe(1000);
  const batch = of({
    SAGEMAKER_BATCH: 'true',
    SAGEMAKER_MAX_PAYLOAD_IN_MB: '20',
    SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: '4',
  });
  expect(batch.limits).toMatchObject({ bodyBytes: 20 * 2 ** 20, answerSeconds: 600 });
  expect(batch.safety.shedAfter).toBe(0);
  expect(of({ SAGEMAKER_MAX_PAYLOAD_IN_MB: '0' }).limits.bodyBytes).toBe(100 * 2 ** 20);
  expect(of({ SAGEMAKER_MAX_PAYLOAD_IN_MB: '20', BODY_BYTES: '1000' }).limits.bodyBytes).toBe(1000);
  expect(() => of({ SAGEMAKER_MAX_PAYLOAD_IN_MB: '6MB' })).toThrow(
    'SAGEMAKER_MAX_PAYLOAD_IN_MB is "6MB"; it takes a whole number',
  );
});
