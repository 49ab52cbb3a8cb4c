import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyApp } from '../testing/serve.ts';
import { buildApp } from './app.ts';

const models = join(import.meta.dirname, '../../models');
let app: FastifyInstance;

beforeAll(async () => {
  app = await buildApp({ models });
});
afterAll(() => app.close());

const post = (payload: unknown, headers = { 'content-type': 'application/json' }) =>
  app.inject({
    method: 'POST',
    url: '/predict',
    headers,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

test('one row gets the chance that the committed model gives it, and the model that gave it', async () => {
  const model = await openRegistry(join(models, 'heart')).load(
    await openRegistry(join(models, 'heart')).production(),
  );
  const response = await post({ age: 54 });
  expect(response.statusCode).toBe(200);
  const { answer, interval } = model.predict({ age: 54 });
  expect(response.json()).toEqual({
    id: `${response.headers['x-request-id']}:0`,
    probability: answer,
    interval: { level: 0.9, ...interval, of: 'probability' },
    model: { name: 'heart', version: model.version },
  });
});

test('a thousand ages get a thousand answers, in order', async () => {
  const ages = Array.from({ length: 1000 }, (_, i) => 29 + (i % 49));
  const { predictions } = (await post(ages.map((age) => ({ age })))).json();
  expect(predictions).toHaveLength(1000);
  const single = new Map(
    await Promise.all(
      [...new Set(ages)].map(async (age) => [age, (await post({ age })).json().probability] as const),
    ),
  );
  expect(predictions.map(({ probability }: { probability: number }) => probability)).toEqual(
    ages.map((age) => single.get(age)),
  );
});

test('explain adds contributions that make up the answer', async () => {
  const ask = (query: string, payload: object) =>
    app.inject({ method: 'POST', url: `/predict?${query}`, payload });
  const { probability, contributions } = (await ask('explain=true', { age: 54 })).json();
  const total = Object.values<number>(contributions.values).reduce(
    (sum, value) => sum + value,
    contributions.base,
  );
  const answer = contributions.scale === 'log-odds' ? 1 / (1 + Math.exp(-total)) : total;
  expect(answer).toBeCloseTo(probability, 9);
  const batch = (await ask('explain=true', [{ age: 54 }, {}])).json();
  expect(batch.predictions[0].contributions).toEqual(contributions);
  expect((await ask('explain=false', { age: 54 })).json()).not.toHaveProperty('contributions');
  expect((await ask('explain=yes', { age: 54 })).json().detail).toBe(
    'the parameter explain takes true or false',
  );
  expect((await ask('explian=true', { age: 54 })).json()).toMatchObject({
    status: 400,
    detail: 'the parameter "explian" is unknown; the parameters are explain, decision and prevalence',
  });
});

test('null and nothing are the same: not known', async () => {
  const nothing = (await post({})).json().probability;
  expect((await post({ age: null })).json().probability).toBe(nothing);
  expect((await post({ age: 0 })).json().probability).not.toBe(nothing);
});

test('an answer outside the range of the training rows carries a warning', async () => {
  expect((await post({ age: 99 })).json().warnings).toEqual([
    { pointer: '/age', detail: 'is outside the range of the training rows, 29 to 77' },
  ]);
});

test.each([
  [{ age: '54' }, 422, '/age', 'is text; allowed: a whole number from 0 to 122'],
  [{ age: -3 }, 422, '/age', 'is too small'],
  [{ agee: 54 }, 422, '/agee', 'did you mean "age"?'],
  [[], 422, '', 'is an empty list'],
  [[{ age: 54 }, { age: 'x' }], 422, '/1/age', 'is text'],
  [[54], 422, '/0', 'is a number; a row is an object'],
  ['null', 422, '', 'is null; a row is an object'],
  ['54', 422, '', 'is a number; a row is an object'],
])('%j is refused as a problem that names the fault', async (payload, status, pointer, detail) => {
  const response = await post(payload);
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toContain('application/problem+json');
  const problem = response.json();
  expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(problem.errors[0].pointer).toBe(pointer);
  expect(problem.errors[0].detail).toContain(detail);
});

test.each([
  ['nonsense', 400, 'The body is not JSON'],
  ['', 400, 'The body is not JSON'],
  ['{"age": 54', 400, 'The body is not JSON'],
  ['{"__proto__": {"age": 54}}', 422, 'The input does not fit the model'],
  ['{"constructor": {"prototype": {"age": 54}}}', 422, 'The input does not fit the model'],
  [`[${'{"age":54},'.repeat(200_000)}{}]`, 413, 'The body is too large'],
])('a body such as %.20s is refused', async (payload, status, title) => {
  const response = await post(payload);
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.json()).toMatchObject({ status, title });
});

test('a form is refused with the header to send', async () => {
  const response = await post('age=54', { 'content-type': 'application/x-www-form-urlencoded' });
  expect(response.statusCode).toBe(415);
  expect(response.json().detail).toContain('content-type: application/json');
});

test('a hundred faults are listed, and the rest counted', async () => {
  const problem = (await post(Array.from({ length: 150 }, () => ({ age: -1 })))).json();
  expect(problem.errors).toHaveLength(100);
  expect(problem.detail).toContain('the first 100 of 150');
});

test('health tells the version and since when', async () => {
  const response = await app.inject('/health');
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    status: 'ok',
    model: { name: 'heart', version: expect.stringMatching(/^\d+-/) },
  });
  expect(Date.parse(response.json().since)).toBeLessThanOrEqual(Date.now());
});

test('the model describes itself, without anything of single rows', async () => {
  const described = (await app.inject('/model')).json();
  expect(described.name).toBe('heart');
  expect(described.columns.find(({ name }: { name: string }) => name === 'age')).toMatchObject({
    type: 'integer',
    minimum: 0,
    maximum: 122,
    example: 25,
    used: true,
  });
  expect(described.published).toMatch(/^\d{4}-/);
  expect(described).not.toHaveProperty('golden');
  expect(JSON.stringify(described)).not.toContain('outOfFold');
});

test('an unknown address is a problem too', async () => {
  const response = await app.inject('/predictions');
  expect(response.statusCode).toBe(404);
  expect(response.headers['content-type']).toContain('application/problem+json');
});

test('pages of other origins may not read answers, unless they are listed', async () => {
  const ask = (on: FastifyInstance) =>
    on.inject({
      method: 'OPTIONS',
      url: '/predict',
      headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
    });
  expect((await ask(app)).headers).not.toHaveProperty('access-control-allow-origin');
  const open = await buildApp({ models, corsOrigins: ['https://a.example'] });
  expect((await ask(open)).headers['access-control-allow-origin']).toBe('https://a.example');
  const other = await open.inject({ url: '/model', headers: { origin: 'https://b.example' } });
  expect(other.headers['access-control-allow-origin']).not.toBe('https://b.example');
  await open.close();
});

test('a failure of the server is a problem without its inner workings', async () => {
  const broken = await buildApp({ models });
  broken.get('/broken', () => {
    throw new Error('secret of the house');
  });
  const response = await broken.inject('/broken');
  expect(response.statusCode).toBe(500);
  expect(response.body).not.toContain('secret');
  expect(response.json()).toMatchObject({ status: 500, title: 'The server failed' });
  await broken.close();
});

test('without a model the process lives, is not ready, and says why', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  const registry = openRegistry(join(folder, 'tiny'));
  await registry.publish(tinyArtifact());
  const empty = await buildApp({ models: folder });
  expect((await empty.inject('/health/live')).statusCode).toBe(200);
  for (const url of ['/health', '/health/ready', '/model']) {
    const response = await empty.inject(url);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({
      title: 'No model can answer',
      detail: expect.stringContaining('promote'),
    });
  }
  await empty.close();
  await rm(folder, { recursive: true });
});

test('of several models that were never in production one has to be named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  for (const name of ['a', 'b']) await openRegistry(join(folder, name)).publish(tinyArtifact());
  const unsure = await buildApp({ models: folder });
  expect((await unsure.inject('/health')).json().detail).toContain('set MODEL to one of them');
  await unsure.close();
  await openRegistry(join(folder, 'b')).promote('latest');
  const sure = await buildApp({ models: folder, model: 'b' });
  expect((await sure.inject('/health')).statusCode).toBe(200);
  await sure.close();
  await rm(folder, { recursive: true });
});

test('a range that a file does not have is a problem that says its length', async () => {
  const site = async (page: FastifyInstance) => {
    page.get('/file', async () => {
      throw Object.assign(new Error(), { statusCode: 416, headers: { 'Content-Range': 'bytes */7' } });
    });
  };
  const tiny = await tinyApp({ site });
  const { statusCode, headers } = await tiny.app.inject('/file');
  expect([statusCode, headers['content-range']]).toEqual([416, 'bytes */7']);
  expect(headers['content-type']).toBe('application/problem+json');
  await tiny.close();
});
