import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { buildTestApp, tinyApp } from '../../testing/serve.ts';

let app: FastifyInstance;
let remove: () => Promise<void>;

beforeAll(async () => {
  const { models, registry, remove: removeModels } = await modelsFolder();
  remove = removeModels;
  await registry.publish(
    tinyArtifact((draft) => {
      draft.data.decision = { threshold: 0.5, label: { en: 'refer to "A"', 'pt-BR': 'encaminhar' } };
    }),
  );
  await registry.promote('latest');
  app = await buildTestApp({ models });
});
afterAll(async () => {
  await app.close();
  await remove();
});

const post = (url: string, payload: object | string, type = 'application/json') =>
  app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
const decided = (positive: boolean) => ({ threshold: 0.5, positive, label: 'refer to "A"' });
const [high, exactly, low] = [{ age: 60, sex: 'male' }, {}, { age: 40, sex: 'female' }];

test('an answer carries its decision if asked: at the threshold it is positive', async () => {
  for (const [row, positive] of [
    [high, true],
    [exactly, true],
    [low, false],
  ] as const) {
    const plain = (await post('/predict', row)).json();
    const reply = (await post('/predict?decision=true', row)).json();
    expect(reply).toEqual({ ...plain, id: reply.id, decision: decided(positive) });
    expect(plain).not.toHaveProperty('decision');
  }
});

test('batches, lines and explained answers carry it too', async () => {
  const { predictions } = (await post('/predict?decision=true&explain=true', [high, low])).json();
  expect(predictions).toMatchObject([
    { decision: decided(true), contributions: { scale: 'chance' } },
    { decision: decided(false) },
  ]);
  const lines = `${JSON.stringify(high)}\n${JSON.stringify(low)}\n`;
  const answers = (await post('/predict?decision=true', lines, 'application/x-ndjson')).body
    .trim()
    .split('\n');
  expect(answers.map((line) => JSON.parse(line).decision)).toEqual([decided(true), decided(false)]);
});

test('in CSV it is a column before the id', async () => {
  const rows = 'age,sex\n60,male\n40,female\n200,male\n';
  const table = (await post('/predict?decision=true', rows, 'text/csv')).body
    .split('\n')
    .map((line) => line.split(','));
  expect(table[0].slice(-2)).toEqual(['decision', 'id']);
  expect(table.slice(1, 4).map((cells) => cells.at(-2))).toEqual(['true', 'false', '']);
  const explained = (await post('/predict?decision=true&explain=true', rows, 'text/csv')).body.split('\n');
  expect(explained[0]).toBe('probability,model,warnings,errors,contributions,base,age,sex,decision,id');
  expect(explained[1].split(',').at(-2)).toBe('true');
});

test('OpenAPI has the parameter and the decision, only for a model that declares one', async () => {
  const document = (await app.inject('/openapi.json')).json();
  const parameters = ({ paths }: typeof document) =>
    paths['/predict'].post.parameters.map(({ name }: { name: string }) => name);
  expect(parameters(document)).toEqual(['explain', 'decision', 'prevalence']);
  expect(document.components.schemas.Decision.properties.threshold).toEqual({ const: 0.5 });
  const { app: other, close } = await tinyApp();
  expect(parameters((await other.inject('/openapi.json')).json())).toEqual(['explain', 'prevalence']);
  const refused = await other.inject({ method: 'POST', url: '/predict?decision=true', payload: {} });
  expect([refused.statusCode, refused.json().detail]).toEqual([
    400,
    'the parameter decision is for a model with a threshold; this one declares none',
  ]);
  await close();
});

test('a parameter that is mistyped or has no truth value is refused', async () => {
  for (const [query, detail] of [
    [
      'decison=true',
      'the parameter "decison" is unknown; the parameters are explain, decision and prevalence',
    ],
    ['decision=yes', 'the parameter decision takes true or false'],
  ]) {
    const reply = await post(`/predict?${query}`, {});
    expect([reply.statusCode, reply.json().detail]).toEqual([400, detail]);
  }
});
