import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import { join } from 'node:path';
import { type ServiceError, status } from '@grpc/grpc-js';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, grpcClient, type InferAnswer, type StreamAnswer } from '../../testing/grpc.ts';
import { modelsFolder } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';
import { defaultLimits } from '../admission/index.ts';
import type { AppOptions } from '../app.ts';
import { defaultSafety } from '../safety/index.ts';
import { encodeData } from '../v2/encode.ts';
import { framed } from './message-reader.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let client: ReturnType<typeof grpcClient>;
let port: number;
let version: string;

beforeAll(async () => {
  folder = await modelsFolder();
  ({ version } = await folder.registry.publish(tinyArtifactWithInterval()));
  await folder.registry.promote(version);
  ({ app, client, port } = await start());
});
afterAll(async () => {
  client.close();
  await app.close();
  await folder.remove();
});

async function start(options: Partial<AppOptions> = {}) {
  const grpcPort = await freePort();
  const app = await buildTestApp({ models: folder.models, grpcPort, ...options });
  await app.ready();
  return { app, client: grpcClient(grpcPort), port: grpcPort };
}

const longs = (...numbers: number[]) => Buffer.from(BigInt64Array.from(numbers, BigInt).buffer);
const tensor = (name: string, datatype: string, rows: number, contents?: object) => ({
  name,
  datatype,
  shape: [rows],
  ...(contents && { contents }),
});
const raw = (...ages: number[]) => ({
  model_name: 'tiny',
  inputs: [tensor('age', 'INT64', ages.length)],
  raw_input_contents: [longs(...ages)],
});
const infer = (message: object, headers = {}) => client.call<InferAnswer>('ModelInfer', message, headers);
async function expected(rows: object[]): Promise<number[]> {
  const { predictions } = (await app.inject({ method: 'POST', url: '/predict', payload: rows })).json();
  return predictions.map(({ probability }: { probability: number }) => probability);
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => ['OK', ''],
    ({ code, details }) => [status[code], details],
  );

test('server and model are live, ready and described as over HTTP', async () => {
  expect(await client.call('ServerLive', {})).toEqual({ live: true });
  expect(await client.call('ServerReady', {})).toEqual({ ready: true });
  expect(await client.call('ModelReady', { name: 'tiny', version })).toEqual({ ready: true });
  expect(await client.call('ServerMetadata', {})).toEqual((await app.inject('/v2')).json());
  const { properties, ...metadata } = await client.call<Record<string, unknown>>('ModelMetadata', {
    name: 'tiny',
  });
  expect(properties).toEqual({});
  expect(metadata).toEqual((await app.inject('/v2/models/tiny')).json());
  expect(await client.call('RepositoryIndex', {})).toEqual({
    models: [{ name: 'tiny', version, state: 'READY', reason: '' }],
  });
  const { config } = await client.call<{ config: { input: object[] } }>('ModelConfig', { name: 'tiny' });
  expect(config.input[1]).toEqual({ name: 'sex', data_type: 'TYPE_STRING', dims: [-1], optional: true });
});

test('raw tensors get raw answers, and contents get contents', async () => {
  const chances = await expected([
    { age: 40, sex: 'male' },
    { age: 60, sex: 'female' },
  ]);
  const answered = await infer({
    model_name: 'tiny',
    id: 'mine',
    inputs: [tensor('age', 'INT64', 2), tensor('sex', 'BYTES', 2)],
    raw_input_contents: [longs(40, 60), encodeData(['male', 'female'])],
  });
  expect(answered).toMatchObject({ id: 'mine', model_version: version });
  expect(answered.parameters.interval_level.double_param).toBe(0.9);
  expect(answered.outputs.map(({ name }) => name)).toEqual(['probability', 'low', 'high', 'warnings', 'id']);
  const [first] = answered.raw_output_contents;
  expect([first.readDoubleLE(0), first.readDoubleLE(8)]).toEqual(chances);

  const typed = await infer({
    model_name: 'tiny',
    model_version: 'production',
    inputs: [
      tensor('age', 'FP64', 2, { fp64_contents: [40, 60] }),
      tensor('sex', 'BYTES', 2, { bytes_contents: [Buffer.from('male'), Buffer.from('female')] }),
    ],
    outputs: [{ name: 'probability' }, { name: 'warnings' }],
  });
  expect(typed.raw_output_contents).toEqual([]);
  const [probability, warnings] = typed.outputs;
  expect(probability.contents?.fp64_contents).toEqual(chances);
  expect(warnings.contents?.bytes_contents.map(String)).toEqual(['[]', '[]']);
});

test.each<[string, object, string, string]>([
  ['another model', { ...raw(1), model_name: 'x' }, 'NOT_FOUND', 'there is no model "x"; there is "tiny"'],
  ['a value not allowed', raw(400), 'INVALID_ARGUMENT', 'the input "age", row 0: is too large'],
  [
    'too few tensors',
    { ...raw(1), raw_input_contents: [longs(1), longs(2)] },
    'INVALID_ARGUMENT',
    'raw_input_contents has 2 tensors, and inputs has 1',
  ],
  [
    'contents of another kind',
    { model_name: 'tiny', inputs: [tensor('age', 'INT64', 1, { fp32_contents: [1] })] },
    'INVALID_ARGUMENT',
    'inputs[0].contents has fp32_contents; INT64 has int64_contents',
  ],
  [
    'raw and contents',
    { ...raw(1), inputs: [tensor('age', 'INT64', 1, { int64_contents: [1] })] },
    'INVALID_ARGUMENT',
    'inputs[0] has contents, and the request has raw',
  ],
  [
    'bytes that are no text',
    { model_name: 'tiny', inputs: [tensor('sex', 'BYTES', 1, { bytes_contents: [Buffer.of(255)] })] },
    'INVALID_ARGUMENT',
    'the input "sex", row 0: is not text',
  ],
  [
    'a sequence',
    { ...raw(1), parameters: { sequence_id: { int64_param: 5 } } },
    'INVALID_ARGUMENT',
    'parameters.sequence_id is not supported',
  ],
  ['no tensors', { model_name: 'tiny' }, 'INVALID_ARGUMENT', 'inputs is not a list of at least one tensor'],
  [
    'more bytes than a body has',
    { ...raw(1), raw_input_contents: [Buffer.alloc(2 ** 21)] },
    'RESOURCE_EXHAUSTED',
    'the message is too large: it has 2097180 bytes, and may have 1048576',
  ],
])('%s is refused with a code', async (_what, message, code, details) => {
  expect(await codeOf(infer(message))).toEqual([code, expect.stringContaining(details)]);
});

test('no call loads a model, and what is not there is not implemented', async () => {
  expect(await codeOf(client.call('RepositoryModelLoad', { model_name: 'tiny' }))).toEqual([
    'UNIMPLEMENTED',
    expect.stringContaining('hearth promote'),
  ]);
});

/** Sends messages on one stream, and waits for as many answers. */
async function streamed(
  stream: ReturnType<typeof client.stream>,
  messages: object[],
): Promise<StreamAnswer[]> {
  const answers: StreamAnswer[] = [];
  stream.on('data', (answer) => answers.push(answer));
  for (const message of messages) stream.write(message);
  while (answers.length < messages.length) await once(stream, 'data');
  return answers;
}

test('a stream answers each message in its place, also a refused one', async () => {
  const stream = client.stream();
  const answers = await streamed(stream, [{ ...raw(40), id: 'a' }, raw(400), { ...raw(60), id: 'b' }]);
  stream.end();
  expect(
    answers.map(({ error_message, infer_response }) => [error_message.slice(0, 15), infer_response?.id]),
  ).toEqual([
    ['', 'a'],
    ['the input "age"', undefined],
    ['', 'b'],
  ]);
  await once(stream, 'end');
});

/** A call by hand, as no client makes it. @returns headers and trailers */
function raise(headers: OutgoingHttpHeaders, bytes: Buffer[], isWhole = true): Promise<object> {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({ ':method': 'POST', 'content-type': 'application/grpc', ...headers });
  const received = {};
  for (const event of ['response', 'trailers'])
    stream.on(event, (some: IncomingHttpHeaders) => Object.assign(received, some));
  for (const each of bytes) stream.write(each);
  if (isWhole) stream.end();
  stream.resume();
  return once(stream, 'close').then(() => {
    session.close();
    return received;
  });
}

const at = (name: string) => ({ ':path': `/inference.GRPCInferenceService/${name}` });

test.each<[string, OutgoingHttpHeaders, Buffer[], object]>([
  ['another method', at('Nothing'), [framed(Buffer.alloc(0))], { 'grpc-status': '12' }],
  ['no message', at('ServerLive'), [], { 'grpc-status': '13' }],
  ['two messages', at('ServerLive'), [Buffer.alloc(5), Buffer.alloc(5)], { 'grpc-status': '13' }],
  ['half a message', at('ServerLive'), [Buffer.from([0, 0, 0, 0, 9, 1])], { 'grpc-status': '13' }],
  ['what is no gRPC', { ...at('ServerLive'), 'content-type': 'text/html' }, [], { ':status': 415 }],
  [
    'a name that is not ASCII',
    at('ModelReady'),
    [framed(Buffer.from('\n\u0002é'))],
    { 'grpc-message': 'there is no model "%C3%A9"; there is "tiny"' },
  ],
])('%s is refused as gRPC says', async (_what, headers, bytes, expected) => {
  expect(await raise(headers, bytes)).toMatchObject(expected);
});

test('a call ends at the deadline of its client', async () => {
  const headers = { ...at('ModelStreamInfer'), 'grpc-timeout': '20m' };
  expect(await raise(headers, [], false)).toMatchObject({ 'grpc-status': '4' });
});

test('a server that stops ends idle streams with UNAVAILABLE, and takes no call', async () => {
  const stopping = await start();
  const stream = stopping.client.stream();
  await streamed(stream, [raw(40)]);
  const ended = once(stream, 'error');
  await stopping.app.close();
  expect((await ended)[0]).toMatchObject({
    code: status.UNAVAILABLE,
    details: expect.stringContaining('stopping'),
  });
  expect((await codeOf(stopping.client.call('ServerLive', {})))[0]).toBe('UNAVAILABLE');
  stopping.client.close();
});

test('keys and rates are asked for as over HTTP, and calls are counted', async () => {
  const file = join(folder.models, '..', `keys-${process.pid}`);
  await writeFile(file, createHash('sha256').update('secret').digest('hex'));
  const guarded = await start({
    safety: { ...defaultSafety, apiKeysFile: file, rateLimit: 4, rateLimitExempt: [] },
  });
  const ask = (headers = {}) => codeOf(guarded.client.call('ModelInfer', raw(40), headers));
  expect((await ask())[0]).toBe('UNAUTHENTICATED');
  expect((await ask({ authorization: 'Bearer wrong' }))[0]).toBe('UNAUTHENTICATED');
  expect((await ask({ authorization: 'Bearer secret' }))[0]).toBe('OK');
  expect((await ask({ 'x-api-key': 'secret' }))[0]).toBe('OK');
  expect((await ask({ 'x-api-key': 'secret' }))[0]).toBe('RESOURCE_EXHAUSTED');
  expect(await guarded.client.call('ServerLive', {})).toEqual({ live: true });
  const { body } = await guarded.app.inject('/metrics');
  expect(body).toContain('hearth_grpc_call_duration_seconds_count{method="ModelInfer",code="OK"} 2');
  expect(body).toContain(
    'hearth_grpc_call_duration_seconds_count{method="ModelInfer",code="UNAUTHENTICATED"} 2',
  );
  guarded.client.close();
  await guarded.app.close();
});

test('too many rows are refused, and so are batches that would wait too long', async () => {
  const busy = await start({
    limits: { ...defaultLimits, batchRows: 2 },
    safety: { ...defaultSafety, shedAfter: 0.001 },
  });
  expect(await codeOf(busy.client.call('ModelInfer', raw(1, 2, 3)))).toEqual([
    'INVALID_ARGUMENT',
    'there are 3 rows; a request has at most 2',
  ]);
  busy.app.admitMessage('grpc', 1e6); // is never answered
  const batch = { ...raw(1), raw_input_contents: [Buffer.alloc(100_000)] };
  const refused = await busy.client
    .call<ServiceError>('ModelInfer', batch)
    .catch((error: ServiceError) => error);
  expect([status[refused.code], refused.details]).toEqual([
    'UNAVAILABLE',
    expect.stringContaining('overloaded'),
  ]);
  expect(refused.metadata.get('grpc-retry-pushback-ms')).toEqual(['1000']);
  busy.client.close();
  await busy.app.close();
});

test('another model of the folder answers under its name, and is in the index', async () => {
  const registry = openRegistry(join(folder.models, 'cars'));
  await registry.publish(tinyArtifact((draft) => (draft.name = 'cars')));
  await registry.promote('latest');
  const answered = await client.call<{ model_name: string; model_version: string }>('ModelInfer', {
    ...raw(60),
    model_name: 'cars',
  });
  expect([answered.model_name, answered.model_version]).toEqual(['cars', await registry.production()]);
  const { models } = await client.call<{ models: { name: string; state: string }[] }>('RepositoryIndex', {});
  expect(models.map(({ name, state }) => [name, state])).toEqual([
    ['tiny', 'READY'],
    ['cars', 'READY'],
  ]);
  expect(await client.call('ModelReady', { name: 'cars' })).toEqual({ ready: true });
});
