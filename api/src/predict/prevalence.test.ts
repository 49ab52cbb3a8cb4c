import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logit } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { handMade } from '@hearth/artifact/testing/hand-made';
import { tableFromIPC } from 'apache-arrow';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder, numberArtifact } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';
import type { AnsweredRows } from '../observe.ts';

const arrow = 'application/vnd.apache.arrow.stream';
let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
const observed: number[] = [];

beforeAll(async () => {
  folder = await modelsFolder();
  await folder.registry.publish(tinyArtifactWithInterval());
  await folder.registry.promote('latest');
  const observe = ({ readings }: AnsweredRows) => observed.push(...readings.answer);
  app = await buildTestApp({ models: folder.models, observe });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

const post = (url: string, payload: object | string, type = 'application/json', to = app, accept = '*/*') =>
  to.inject({ method: 'POST', url, headers: { 'content-type': type, accept }, payload });
const row = { age: 60, sex: 'male' };
/** Half of the training rows of the tiny model have the outcome. */
const by = logit(0.05);

test('an answer and both ends of its interval move to the prevalence, which it names; observers see the answer of the model', async () => {
  const plain = (await post('/predict', row)).json();
  observed.length = 0;
  const there = (await post('/predict?prevalence=0.05', row)).json();
  expect(there.prevalence).toBe(0.05);
  expect(plain).not.toHaveProperty('prevalence');
  expect(logit(there.probability)).toBeCloseTo(logit(plain.probability) + by, 9);
  for (const end of ['low', 'high'])
    expect(logit(there.interval[end])).toBeCloseTo(logit(plain.interval[end]) + by, 9);
  expect(observed).toEqual([plain.probability]);
});

test('every format has it', async () => {
  const { probability } = (await post('/predict?prevalence=.05', row)).json();
  const batch = (await post('/predict?prevalence=5e-2', [row, {}])).json();
  expect(batch).toMatchObject({ prevalence: 0.05, predictions: [{ probability }, {}] });
  const line = (await post('/predict?prevalence=0.05', `${JSON.stringify(row)}\n`, 'application/x-ndjson'))
    .body;
  expect(JSON.parse(line)).toMatchObject({ prevalence: 0.05, probability });
  const csv = (await post('/predict?prevalence=0.05&explain=true', 'age,sex\n60,male\n', 'text/csv')).body;
  const [head, cells] = csv.split('\n').map((text) => text.split(','));
  expect([head.slice(-2), cells.at(-2), Number(cells[0])]).toEqual([
    ['prevalence', 'id'],
    '0.05',
    probability,
  ]);
});

test('it goes into Arrow, as metadata of the answers', async () => {
  const { tableToIPC, tableFromArrays } = await import('apache-arrow');
  const body = Buffer.from(tableToIPC(tableFromArrays({ age: Float64Array.of(60) }), 'stream'));
  const reply = await app.inject({
    method: 'POST',
    url: '/predict?prevalence=0.05',
    headers: { 'content-type': arrow },
    payload: body,
  });
  const table = tableFromIPC(reply.rawPayload);
  expect(table.schema.metadata.get('prevalence')).toBe('0.05');
  const { probability } = (await post('/predict?prevalence=0.05', { age: 60 })).json();
  expect(table.getChild('probability')?.get(0)).toBe(probability);
});

test.each([
  ['prevalence=0', 'takes a share between 0 and 1, such as 0.05'],
  ['prevalence=1', 'takes a share between 0 and 1, such as 0.05'],
  ['prevalence=5%25', 'takes a share between 0 and 1, such as 0.05'],
  ['prevalence=', 'takes a share between 0 and 1, such as 0.05'],
  ['prevalence=.1&prevalence=.2', 'is there more than once'],
])('%s is refused', async (query, why) => {
  const reply = await post(`/predict?${query}`, row);
  expect([reply.statusCode, reply.json().detail]).toEqual([400, `the parameter prevalence ${why}`]);
});

test('of several classes each has a share', async () => {
  const { models, remove } = await modelsFolder();
  const data = { name: 'three', sha256: '0'.repeat(64), rows: 10, classes: [5, 3, 2] };
  const { version, files, rows } = handMade('softmax', { data });
  const place = join(models, 'by-hand');
  await mkdir(join(place, version), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(place, version, name), bytes);
  await openRegistry(place).promote(version);
  const three = await buildTestApp({ models });
  const ask = async (prevalence: string) =>
    post(`/predict?explain=a&prevalence=${encodeURIComponent(prevalence)}`, rows[0], undefined, three);
  const plain = (await post('/predict?explain=a', rows[0], undefined, three)).json();
  const there = (await ask('a:0.1,b:0.3,c:0.6')).json();
  expect(there.prevalence).toEqual({ a: 0.1, b: 0.3, c: 0.6 });
  const ratios = { a: 0.1 / 0.5, b: 1, c: 3 };
  const weighed = Object.entries(ratios).map(([name, ratio]) => plain.probabilities[name] * ratio);
  const whole = weighed.reduce((a, b) => a + b);
  expect(Object.values(there.probabilities)).toEqual(weighed.map((each) => expect.closeTo(each / whole, 12)));
  expect(there.contributions.base).toBeCloseTo(plain.contributions.base + Math.log(0.2), 12);
  const asJson = (await ask('{"c":0.6,"a":0.1,"b":0.3}')).json();
  expect(asJson.probabilities).toEqual(there.probabilities);
  for (const [text, why] of [
    ['a:0.1,b:0.3', /names the class c not at all; name each once/],
    ['a:0.1,b:0.3,c:0.3,c:0.3', /names the class c twice/],
    ['a:0.1,b:0.3,c:0.7', /add up to 1.1, not to 1/],
    ['a:0.1,b:0.3,c:0.6,d:0', /names a class that is none/],
    ['{"a":', /not valid JSON/],
    ['{"a":"0.1","b":0.3,"c":0.6}', /takes a share from 0 to 1 for the class a/],
  ] as const) {
    const reply = await ask(text);
    expect([reply.statusCode, reply.json().detail]).toEqual([400, expect.stringMatching(why)]);
  }
  await three.close();
  await remove();
});

test('a number has none, and OpenAPI does not offer it', async () => {
  const { models, registry, remove } = await modelsFolder();
  await registry.publish(numberArtifact());
  await registry.promote('latest');
  const other = await buildTestApp({ models });
  const reply = await post('/predict?prevalence=0.1', {}, undefined, other);
  expect([reply.statusCode, reply.json().detail]).toEqual([
    400,
    expect.stringMatching(/this model predicts a number/),
  ]);
  const parametersOf = async (served: FastifyInstance) =>
    (await served.inject('/openapi.json'))
      .json()
      .paths['/predict'].post.parameters.map(({ name }: { name: string }) => name);
  expect(await parametersOf(other)).not.toContain('prevalence');
  expect(await parametersOf(app)).toContain('prevalence');
  await other.close();
  await remove();
});
