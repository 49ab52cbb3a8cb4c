import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny, setAlias, until } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
let version: string;

beforeEach(async () => {
  folder = await modelsFolder();
  version = await publishTiny(folder.registry);
  await folder.registry.promote(version);
  app = await buildTestApp({ models: folder.models });
});
afterEach(async () => {
  await app.close();
  await folder.remove();
});

const scrape = async () => (await app.inject('/metrics')).body;
const predict = (payload: object) => app.inject({ method: 'POST', url: '/predict', payload });

/** The value of a series, by its name with its labels in their order. */
async function sample(series: string): Promise<number> {
  const line = (await scrape()).split('\n').find((each) => each.startsWith(`${series} `));
  if (line === undefined) throw new Error(`no ${series}`);
  return Number(line.slice(series.length + 1));
}

test('rows are counted by version and outcome, alone, in a batch and by the protocol', async () => {
  await predict({ age: 60, sex: 'male' });
  await predict([{ age: 40, sex: 'female' }, { age: 60 }, {}]);
  await app.inject({
    method: 'POST',
    url: '/v2/models/tiny/infer',
    payload: { inputs: [{ name: 'age', shape: [1], datatype: 'INT64', data: [60] }] },
  });
  expect(await sample(`hearth_predictions_total{model="tiny",version="${version}",outcome="likely"}`)).toBe(
    4,
  );
  expect(await sample(`hearth_predictions_total{model="tiny",version="${version}",outcome="unlikely"}`)).toBe(
    1,
  );
});

test('a refused row is not counted as answered', async () => {
  await predict([{ age: 40 }, { age: 'old' }]);
  expect(await sample(`hearth_predictions_total{model="tiny",version="${version}",outcome="unlikely"}`)).toBe(
    0,
  );
});

test('chances are counted in classes', async () => {
  await predict([
    { age: 60, sex: 'male' },
    { age: 40, sex: 'female' },
  ]); // 0.7 and 0.3
  const upTo = (le: string) =>
    sample(`hearth_prediction_probability_bucket{model="tiny",version="${version}",le="${le}"}`);
  expect(await upTo('0.25')).toBe(0);
  expect(await upTo('0.35')).toBe(1);
  expect(await upTo('0.65')).toBe(1);
  expect(await upTo('+Inf')).toBe(2);
  expect(await sample(`hearth_prediction_probability_sum{model="tiny",version="${version}"}`)).toBeCloseTo(
    1,
    9,
  );
});

test('what is not given, and what lies outside the range of the training rows, is counted by column', async () => {
  await predict([{ age: 60 }, { age: 99, sex: null }, { age: 29, weight: 400 }]);
  const of = (what: string, column: string) =>
    sample(`hearth_inputs_${what}_total{model="tiny",version="${version}",column="${column}"}`);
  expect(await of('missing', 'age')).toBe(0);
  expect(await of('missing', 'sex')).toBe(3);
  expect(await of('missing', 'weight')).toBe(2);
  expect(await of('out_of_range', 'age')).toBe(1);
  expect(await of('out_of_range', 'weight')).toBe(1);
});

test('requests are timed by route and class of status, and unknown addresses share one', async () => {
  await predict({ age: 60 });
  await predict({ age: 'old' });
  for (const url of ['/a', '/b', '/c?d']) await app.inject(url);
  const count = (route: string, status: string) =>
    sample(`hearth_http_request_duration_seconds_count{route="${route}",status="${status}"}`);
  expect(await count('/predict', '2xx')).toBe(1);
  expect(await count('/predict', '4xx')).toBe(1);
  expect(await count('none', '4xx')).toBe(3);
  expect(await sample('hearth_http_requests_in_flight')).toBe(1); // the scrape itself
});

test('a swap changes the info, the time and the count; the counts of both versions stay', async () => {
  await predict({});
  const since = await sample('hearth_model_serving_since_timestamp_seconds{model="tiny"}');
  expect(await sample('hearth_model_swaps_total{model="tiny"}')).toBe(0);
  expect(since).toBeGreaterThan(Date.now() / 1000 - 60);
  const second = await publishTiny(folder.registry, 0.1);
  await folder.registry.promote(second);
  await until(
    async () => (await scrape()).includes(`hearth_model_info{name="tiny",version="${second}"} 1`),
    5000,
  );
  expect(await scrape()).not.toContain(`hearth_model_info{name="tiny",version="${version}"}`);
  expect(await sample('hearth_model_swaps_total{model="tiny"}')).toBe(1);
  expect(await sample('hearth_model_serving_since_timestamp_seconds{model="tiny"}')).toBeGreaterThan(since);
  await predict({});
  expect(await sample(`hearth_predictions_total{model="tiny",version="${version}",outcome="likely"}`)).toBe(
    1,
  );
  expect(await sample(`hearth_predictions_total{model="tiny",version="${second}",outcome="likely"}`)).toBe(1);
});

test('a refusal is counted by its check, and shown until it is over', async () => {
  const bad = await publishTiny(folder.registry, 0.1);
  await writeFile(join(folder.models, 'tiny', bad, 'forest.safetensors'), 'x');
  expect(await sample('hearth_model_refused{model="tiny"}')).toBe(0);
  await setAlias(folder.registry, bad);
  await until(async () => (await sample('hearth_model_refused{model="tiny"}')) === 1, 5000);
  expect(await sample('hearth_model_refusals_total{model="tiny",check="size"}')).toBe(1);
  await setAlias(folder.registry, version);
  await until(async () => (await sample('hearth_model_refused{model="tiny"}')) === 0, 5000);
});

test('without a model there is no info, and the refusal that came first is counted', async () => {
  for (const name of ['aliases.json', 'journal.jsonl']) await rm(join(folder.models, 'tiny', name));
  const empty = await buildTestApp({ models: folder.models });
  const { body } = await empty.inject('/metrics');
  expect(body).toContain('hearth_model_refusals_total{model="tiny",check="unreadable"} 1');
  expect(body).toContain('hearth_model_serving_since_timestamp_seconds{model="tiny"} 0');
  expect(body).toContain('hearth_degraded{model="tiny",reason="aliases"} 0');
  expect(body).not.toContain('hearth_model_info{');
  await empty.close();
});

test.each([
  ['aliases', () => writeFile(join(folder.models, 'tiny/aliases.json'), '')],
  ['version', () => setAlias(folder.registry, '99-0000000')],
  ['default', () => writeFile(join(folder.models, 'default.json'), '')],
])(
  'a restarted server that answers without what it needs of %s is degraded, and says by what',
  async (reason, damage) => {
    await damage();
    const restarted = await buildTestApp({ models: folder.models });
    const { body } = await restarted.inject('/metrics');
    expect(body.match(/hearth_degraded\{model="tiny",reason="(\w+)"\} 1/g)).toEqual([
      `hearth_degraded{model="tiny",reason="${reason}"} 1`,
    ]);
    expect(body).toContain(`hearth_model_info{name="tiny",version="${version}"} 1`);
    await restarted.close();
  },
);

const promtool = spawnSync('promtool', ['--version']);

test('names and texts are as Prometheus wants them', async () => {
  if (promtool.error && process.env.CI !== 'true') {
    console.log('promtool is not installed: its look at the metrics is left out (apt install prometheus)');
    return;
  }
  await predict({ age: 60 });
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: await scrape() });
  expect(`${stdout}${stderr}`).toBe('');
  expect(status).toBe(0);
});

test('metrics can have a port of their own, and are not beside the API then', async () => {
  const lines: { msg: string; port?: number }[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  const apart = await buildTestApp({ models: folder.models, metricsPort: 0, logger });
  await apart.listen({ host: '127.0.0.1', port: 0 });
  expect((await apart.inject('/metrics')).statusCode).toBe(404);
  const port = lines.find(({ msg }) => msg === 'metrics are served')?.port;
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('hearth_model_info');
  expect((await fetch(`http://127.0.0.1:${port}/predict`)).status).toBe(404);
  const second = await buildTestApp({ models: folder.models, metricsPort: port });
  await expect(second.ready()).rejects.toThrow(`METRICS_PORT is ${port}, which cannot be used: EADDRINUSE`);
  await second.close();
  await apart.close();
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
});
