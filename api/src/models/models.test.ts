import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lendLoadThread } from '../../testing/load-thread.ts';
import { modelsFolder, setAlias, until } from '../../testing/models.ts';
import { buildTestApp } from '../../testing/serve.ts';

/** Puts a model that answers `probability` into production. @returns its version */
async function promote(registry: Registry, name: string, probability: number): Promise<string> {
  const { version } = await registry.publish(artifactOf(name, probability));
  await setAlias(registry, version);
  return version;
}

const artifactOf = (name: string, probability: number) =>
  tinyArtifact((draft) => {
    draft.name = name;
    draft.answer.base = Number(draft.answer.base) + (probability - 0.5) * Number(draft.answer.divisor);
    for (const golden of draft.golden) golden.answer += probability - 0.5;
  });

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;
const versions: Record<string, string> = {};
const registryOf = (name: string) => openRegistry(join(folder.models, name));

beforeAll(async () => {
  folder = await modelsFolder();
  versions.tiny = await promote(folder.registry, 'tiny', 0.5);
  versions.cars = await promote(registryOf('cars'), 'cars', 0.25);
  versions.pumps = await promote(registryOf('pumps'), 'pumps', 0.75);
  await writeFile(join(folder.models, 'default.json'), '{"model":"tiny"}');
  app = await buildTestApp({ models: folder.models, loadThread: lendLoadThread() });
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});

const predict = (name: string, payload: object = {}) =>
  app.inject({ method: 'POST', url: `/models/${name}/predict`, payload });

async function answered(name: string): Promise<[version: string, probability: number]> {
  const { model, probability } = (await predict(name)).json();
  return [model.version, probability];
}

test('every model of the folder answers at its own address, and the default one at the root too', async () => {
  expect(await answered('cars')).toEqual([versions.cars, 0.25]);
  expect(await answered('pumps')).toEqual([versions.pumps, 0.75]);
  expect(await answered('tiny')).toEqual([versions.tiny, 0.5]);
  const root = (await app.inject({ method: 'POST', url: '/predict', payload: {} })).json();
  expect(root).toMatchObject({ model: { name: 'tiny', version: versions.tiny }, probability: 0.5 });
});

test('the list tells which are in memory; to list a model does not load it', async () => {
  await predict('cars');
  await mkdir(join(folder.models, 'empty'));
  await promote(registryOf('idle'), 'idle', 0.3);
  const { models } = (await app.inject('/models')).json();
  const { version } = (await app.inject('/models/idle')).json();
  expect(models).toEqual([
    { name: 'cars', default: false, state: 'ok', version: versions.cars, since: expect.any(String) },
    { name: 'empty', default: false, state: 'down', reason: expect.stringContaining('hearth promote') },
    { name: 'idle', default: false, state: 'idle', version },
    { name: 'pumps', default: false, state: 'ok', version: versions.pumps, since: expect.any(String) },
    { name: 'tiny', default: true, state: 'ok', version: versions.tiny, since: expect.any(String) },
  ]);
  expect(JSON.stringify(models)).not.toContain(folder.models);
});

test.each([
  '/model',
  '/model/card',
  '/model/evaluations',
  '/openapi.json',
  '/docs',
  '/health',
  '/status',
  '/ping',
  '/execution-parameters',
])('%s below the address of a model is about that model', async (path) => {
  const { statusCode, body } = await app.inject(`/models/cars${path}`);
  expect(statusCode).toBe(200);
  expect(body).not.toContain(versions.tiny);
  if (!/ping|execution/.test(path)) expect(body).toContain(versions.cars);
});

test('the document of a model describes its addresses, and its examples are answered', async () => {
  const { servers, paths } = (await app.inject('/models/cars/openapi.json')).json();
  expect(servers[0].url).toBe('/models/cars/');
  expect(Object.keys(paths)).toContain('/predict');
  for (const [path, { get }] of Object.entries<{ get?: object }>(paths))
    if (get) expect([path, (await app.inject(`/models/cars${path}`)).statusCode]).toEqual([path, 200]);
  expect((await app.inject('/models/cars/docs')).body).toContain('/models/cars/predict');
});

test.each([
  ['haert', 'there is no model "haert"; there is "cars", '],
  ['cras', 'did you mean "cars"?'],
  ['..%2ftiny', 'there is no model "../tiny"'],
  ['tiny%2f..%2fcars', 'there is no model "tiny/../cars"'],
  ['cars%00', 'there is no model "cars\\u0000"'],
  ['CARS', 'did you mean "cars"?'],
  ['default.json', 'there is no model "default.json"'],
  ['a'.repeat(9000), `there is no model "${'a'.repeat(60)}…"`],
])('the model %j is unknown, and the models there are are named', async (name, detail) => {
  for (const url of [`/models/${name}/predict`, `/models/${name}/versions/1-0000000/predict`]) {
    const response = await app.inject({ method: 'POST', url, payload: {} });
    expect([response.statusCode, response.json().detail]).toEqual([404, expect.stringContaining(detail)]);
  }
});

test('a file, a link out of the folder and a folder of another name are no models', async () => {
  await writeFile(join(folder.models, 'file'), '');
  await cp(join(folder.models, 'cars'), join(folder.models, 'Cars2'), { recursive: true });
  for (const name of ['file', 'Cars2']) expect((await predict(name)).statusCode).toBe(404);
});

test('a model that is swapped leaves the others alone', async () => {
  const first = await promote(registryOf('swapped'), 'swapped', 0.25);
  expect(await answered('swapped')).toEqual([first, 0.25]);
  const next = await promote(registryOf('swapped'), 'swapped', 0.3);
  await until(async () => (await answered('swapped'))[0] === next, 3000);
  expect((await answered('swapped'))[1]).toBeCloseTo(0.3, 12);
  expect(await answered('pumps')).toEqual([versions.pumps, 0.75]);
  expect((await app.inject('/models/swapped/health')).json()).toMatchObject({
    status: 'ok',
    previous: first,
  });
});

test('a model that fails answers by its last good version, and the others do not notice', async () => {
  await answered('pumps');
  const good = await promote(registryOf('failing'), 'failing', 0.25);
  const { version } = await registryOf('failing').publish(artifactOf('failing', 0.3));
  await rm(join(folder.models, 'failing', version, 'forest.safetensors'));
  await answered('failing');
  await setAlias(registryOf('failing'), version);
  await until(async () => (await app.inject('/models/failing/health')).json().status === 'degraded', 3000);
  expect(await answered('failing')).toEqual([good, 0.25]);
  for (const url of ['/health', '/models/pumps/health'])
    expect((await app.inject(url)).json()).toMatchObject({ status: 'ok' });
  const metrics = (await app.inject('/metrics')).body;
  expect(metrics).toContain('hearth_model_refused{model="failing"} 1');
  expect(metrics).toContain('hearth_model_refused{model="tiny"} 0');
});

test('a model that nothing can be loaded of is a 503 with the reason, without paths, until it can', async () => {
  const version = await promote(registryOf('damaged'), 'damaged', 0.25);
  const trees = join(folder.models, 'damaged', version, 'forest.safetensors');
  await writeFile(trees, 'x');
  const refused = await predict('damaged');
  expect([refused.statusCode, refused.json().detail]).toEqual([503, expect.stringContaining('size')]);
  expect(refused.body).not.toContain(folder.models);
  await promote(registryOf('damaged'), 'damaged', 0.3);
  await until(async () => (await predict('damaged')).statusCode === 200, 3000);
});

test('a published version answers at its address, in production or not', async () => {
  const { version } = await registryOf('cars').publish(artifactOf('cars', 0.3));
  for (const [each, probability] of [
    [versions.cars, 0.25],
    [version, 0.3],
    ['production', 0.25],
  ] as const)
    expect((await answered(`cars/versions/${each}`))[1]).toBeCloseTo(probability, 12);
  expect((await app.inject(`/models/cars/versions/${version}/model`)).json()).toMatchObject({ version });
  const { servers } = (await app.inject(`/models/cars/versions/${version}/openapi.json`)).json();
  expect(servers[0].url).toBe(`/models/cars/versions/${version}/`);
  expect(await answered('cars')).toEqual([versions.cars, 0.25]);
});

test('the document of a version has the address at which it was asked for', async () => {
  for (const version of ['production', versions.pumps]) {
    const at = `/models/pumps/versions/${version}`;
    expect((await app.inject(`${at}/openapi.json`)).json().servers[0].url).toBe(`${at}/`);
  }
});

test('a version that the gate refused does not answer', async () => {
  const { version } = await registryOf('cars').publish(artifactOf('cars', 0.35));
  await registryOf('cars').refuse(version, { decision: 'refused' });
  const response = await predict(`cars/versions/${version}`);
  expect([response.statusCode, response.json().detail]).toEqual([
    404,
    expect.stringContaining(`the gate refused version ${version}`),
  ]);
});

test.each([
  ['9-0000000', 'published: '],
  ['1', 'a version has a name such as'],
  ['..%2f..%2ftiny', 'there is no version "../../tiny"'],
  ['latest', 'there is no version "latest"'],
])('the version %s is unknown', async (version, detail) => {
  const response = await predict(`cars/versions/${version}`);
  expect([response.statusCode, response.json().detail]).toEqual([404, expect.stringContaining(detail)]);
});

test('answers are counted by model and version, and the traffic of each model by itself', async () => {
  const traffic = async (at: string) => (await app.inject(`${at}/status`)).json().traffic.requests;
  versions.counted = await promote(registryOf('counted'), 'counted', 0.25);
  const before = await traffic('');
  await predict('counted', [{}, {}]);
  await predict('counted', { age: 'old' });
  await predict('tiny');
  const metrics = (await app.inject('/metrics')).body;
  const count = (name: string, outcome: string) =>
    `hearth_predictions_total{model="${name}",version="${versions[name]}",outcome="${outcome}"}`;
  expect(metrics).toContain(`${count('counted', 'unlikely')} 2`);
  expect(metrics).toContain(`${count('counted', 'likely')} 0`);
  expect(metrics).toContain(`hearth_model_info{name="counted",version="${versions.counted}"} 1`);
  expect(await traffic('/models/counted')).toBe(2);
  expect(await traffic('')).toBe(before + 3);
  expect(await traffic('/models/tiny')).toBe(before + 3);
});

test('the Open Inference Protocol answers by each model under its name, and lists them all', async () => {
  const infer = async (path: string) =>
    (
      await app.inject({
        method: 'POST',
        url: `/v2/models/${path}/infer`,
        payload: { inputs: [{ name: 'age', shape: [1], datatype: 'INT64', data: [null] }] },
      })
    ).json();
  expect(await infer('cars')).toMatchObject({
    model_name: 'cars',
    model_version: versions.cars,
    outputs: [{ data: [0.25] }, {}, {}],
  });
  expect(await infer('pumps')).toMatchObject({
    model_version: versions.pumps,
    outputs: [{ data: [0.75] }, {}, {}],
  });
  const { version } = await registryOf('cars').publish(artifactOf('cars', 0.32));
  expect(await infer(`cars/versions/${version}`)).toMatchObject({ model_version: version });
  expect(await infer('haert')).toEqual({
    error: expect.stringContaining('there is no model "haert"; there is "cars", '),
  });
  const index = (await app.inject({ method: 'POST', url: '/v2/repository/index', payload: {} })).json();
  expect(index).toContainEqual({ name: 'cars', version: versions.cars, state: 'READY', reason: '' });
  expect(index[0]).toMatchObject({ name: 'tiny', state: 'READY' });
  expect((await app.inject('/v2/models/pumps/ready')).json()).toEqual({ name: 'pumps', ready: true });
  const { model_stats: counts } = (await app.inject('/v2/models/stats')).json();
  expect(counts.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['tiny', 'cars']));
});

test('unknown names add no series', async () => {
  const series = async () =>
    (await app.inject('/metrics')).body.split('\n').filter((line) => /^hearth_/.test(line)).length;
  await predict('nobody');
  await series(); // a scrape is counted by the next one
  const before = await series();
  for (let i = 0; i < 20; i++) await predict(`nobody-${i}`);
  expect(await series()).toBe(before);
});

test('what is at no address below a model is not found, and methods are told', async () => {
  expect((await app.inject('/models/cars/nothing')).statusCode).toBe(404);
  const refused = await app.inject('/models/cars/predict');
  expect([refused.statusCode, refused.headers.allow]).toEqual([405, 'POST']);
});

test('with room for no other model, the default one alone answers', async () => {
  const alone = await buildTestApp({ models: folder.models, modelsSettings: { most: 0, idleSeconds: 1 } });
  const listed = (await alone.inject('/models')).json().models;
  expect(listed).toMatchObject([{ name: 'tiny', default: true }]);
  const ask = (name: string) => alone.inject({ method: 'POST', url: `/models/${name}/predict`, payload: {} });
  expect((await ask('tiny')).statusCode).toBe(200);
  expect((await ask('cars')).json().detail).toBe('there is no model "cars"; there is "tiny"');
  await alone.close();
});
