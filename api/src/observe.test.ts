import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../testing/models.ts';
import { buildApp } from './app.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let version: string;
/** Copied, because the memory is used again. */
let seen: { requestId: string; version: string; cells: number[]; answers: number[] }[] = [];

beforeAll(async () => {
  folder = await modelsFolder();
  version = await publishTiny(folder.registry);
  await folder.registry.promote(version);
  app = await buildApp({
    models: folder.models,
    observe: ({ requestId, model, cells, readings }) =>
      seen.push({ requestId, version: model.version, cells: [...cells], answers: [...readings.answer] }),
  });
});
beforeEach(() => {
  seen = [];
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

const ask = (url: string, type: string, payload: string) =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': type, 'x-request-id': 'asked' } });

const rows = [{ age: 20 }, { age: 50 }];
const json = JSON.stringify(rows);
const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const csv = 'age\n20\n50\n';
const tensor = { name: 'age', datatype: 'FP64', shape: [2], data: [20, 50] };

test.each([
  ['a list', '/predict', 'application/json', json],
  ['a list with explanations', '/predict?explain=true', 'application/json', json],
  ['a list that is not plain', '/predict', 'application/json', json.replace('"age"', '"\\u0061ge"')],
  ['JSON lines', '/predict', 'application/x-ndjson', lines],
  ['CSV', '/predict', 'text/csv', csv],
  ['tensors', '/v2/models/tiny/infer', 'application/json', JSON.stringify({ inputs: [tensor] })],
  ['an invocation of JSON', '/invocations', 'application/json', json],
  ['an invocation of JSON lines', '/invocations', 'application/jsonlines', lines],
  ['an invocation of CSV', '/invocations', 'text/csv', csv],
])('an observer is shown the rows and the answers of %s', async (_, url, type, payload) => {
  const { statusCode } = await ask(url, type, payload);
  const expected = (await ask('/predict', 'application/json', json)).json();
  expect(statusCode).toBe(200);
  const width = seen[0].cells.length / seen[0].answers.length;
  const shown = seen.slice(0, -1);
  const cells = shown.flatMap((piece) => piece.cells);
  expect(shown.flatMap(({ answers }) => answers)).toEqual(
    expected.predictions.map(({ probability }: { probability: number }) => probability),
  );
  expect([cells[0], cells[width]]).toEqual([20, 50]);
  for (const piece of shown) expect(piece).toMatchObject({ requestId: 'asked', version });
});

test('one row is shown once; what is refused is not shown', async () => {
  await ask('/predict', 'application/json', '{"age":20}');
  await ask('/predict', 'application/json', '{"age":"x"}');
  await ask('/predict', 'text/csv', 'age\nx\n');
  expect(seen).toHaveLength(1);
});
