import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelsFolder, numberArtifact, publishTiny, until } from '../../testing/models.ts';
import { listen, tinyApp } from '../../testing/serve.ts';
import { buildApp } from '../app.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const lint = async (source: string) =>
  (await lintFromString({ source, config: await createConfig({ extends: ['recommended'] }) })).map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0].pointer}`,
  );

test('the linter finds nothing in the document of the model in production', async () => {
  const app = await buildApp({ models: join(root, 'models') });
  expect(await lint((await app.inject('/openapi.json')).body)).toEqual([]);
  await app.close();
});

test('a model of values has a document without chances, and the linter finds nothing in it', async () => {
  const { models, registry, remove } = await modelsFolder();
  await registry.publish(numberArtifact());
  await openRegistry(registry.folder).promote('latest');
  const app = await buildApp({ models });
  const { body } = await app.inject('/openapi.json');
  expect(await lint(body)).toEqual([]);
  const { Prediction } = JSON.parse(body).components.schemas;
  expect(Prediction.required).toEqual(['id', 'value', 'model']);
  expect(Prediction.properties.value['x-unit']).toBe('cm');
  await app.close();
  await remove();
});

test('texts of the model stand in descriptions, which are Markdown, as text', async () => {
  const { models, registry, remove } = await modelsFolder();
  const hostile = { en: '<img src=x onerror=alert(1)> [a](javascript:b)\n# c', 'pt-BR': 'x' };
  await registry.publish(
    tinyArtifact((draft) => {
      Object.assign(draft, { outcome: hostile, intendedUse: hostile, notIntendedUse: hostile });
      for (const column of draft.columns) column.description = hostile;
    }),
  );
  await registry.promote('latest');
  const app = await buildApp({ models });
  const { body } = await app.inject('/openapi.json');
  const escaped = '\\<img src=x onerror=alert(1)\\> \\[a\\](javascript:b) \\# c';
  expect(body.split(JSON.stringify(escaped).slice(1, -1)).length).toBeGreaterThan(5);
  expect(body).not.toMatch(/(?<!\\)<img/);
  await app.close();
  await remove();
});

test('columns, units, categories and ranges are those of the model', async () => {
  const { Row } = (await tiny.app.inject('/openapi.json')).json().components.schemas;
  expect(Row.properties.age).toMatchObject({
    type: ['integer', 'null'],
    minimum: 0,
    maximum: 100,
    'x-unit': 'years',
  });
  expect(Row.properties.sex.enum).toEqual(['female', 'male', null]);
  expect(Row.additionalProperties).toBe(false);
});

test('codes, listed values and the limit of exact numbers are in the document, whose example is answered', async () => {
  const { models, registry, remove } = await modelsFolder();
  const coded = tinyArtifact((draft) => {
    const [age, sex] = draft.columns;
    // 53 lies in the middle of what was seen
    Object.assign(age, {
      missingCodes: ['53', 'NR'],
      enum: [29, 53, 77],
      maximum: 2 ** 60,
      example: undefined,
    });
    Object.assign(sex, { missingCodes: ['?'], unseen: ['female'] });
    draft.golden = [{ row: {}, answer: 0.5 }];
  });
  await registry.publish(coded);
  await registry.promote('latest');
  const app = await buildApp({ models });
  const { body } = await app.inject('/openapi.json');
  expect(await lint(body)).toEqual([]);
  const { Row } = JSON.parse(body).components.schemas;
  expect(Row.properties.age).toMatchObject({
    anyOf: [
      {
        type: ['integer', 'null'],
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        enum: [29, 53, 77, null],
      },
      { enum: ['53', 'NR', 53] },
    ],
  });
  expect(Row.properties.sex.enum).toEqual(['female', 'male', '?', null]);
  expect(Row.examples).toEqual([{ age: 29, sex: 'male', weight: 80 }]);
  const answer = await app.inject({ method: 'POST', url: '/predict', payload: Row.examples[0] });
  expect(answer.statusCode).toBe(200);
  await app.close();
  await remove();
});

type Operation = {
  requestBody: {
    content: Record<string, { example?: unknown; examples?: Record<string, { value: unknown }> }>;
  };
};
type PathItem = { get?: object; post?: Operation; parameters?: { name: string; example: string }[] };

const documented = async ({ app } = tiny) =>
  Object.entries((await app.inject('/openapi.json')).json().paths as Record<string, PathItem>).map(
    ([path, item]) => ({
      url: (item.parameters ?? []).reduce(
        (filled, { name, example }) => filled.replace(`{${name}}`, example),
        path,
      ),
      ...item,
    }),
  );

/** Asks by every example of the document. @returns the paths that were asked */
async function askExamples({ app, version }: Pick<typeof tiny, 'app' | 'version'>): Promise<string[]> {
  const asked: string[] = [];
  for (const { url, post } of await documented({ ...tiny, app })) {
    for (const [type, { example, examples }] of Object.entries(post?.requestBody.content ?? {})) {
      for (const { value } of examples ? Object.values(examples) : [{ value: example }]) {
        if (value === undefined) continue; // Arrow, which is not text
        const payload = typeof value === 'string' ? value : JSON.stringify(value);
        const headers = { 'content-type': type };
        const response = await app.inject({ method: 'POST', url, headers, payload });
        expect([url, response.statusCode, response.body]).toEqual([url, 200, response.body]);
        expect(response.body).toContain(version);
        expect(response.body).not.toMatch(/docs.problems|line [12]:/);
        asked.push(url);
      }
    }
  }
  return asked;
}

test('every example of the document is answered', async () => {
  const asked = await askExamples(tiny);
  const infer = ['/v2/models/tiny/infer', `/v2/models/tiny/versions/${tiny.version}/infer`];
  const predict = Array(4).fill('/predict');
  const index = '/v2/repository/index';
  expect(asked).toEqual([...predict, ...Array(5).fill('/invocations'), ...infer, index]);
});

test('so is every example where a column is required', async () => {
  const { models, registry, remove } = await modelsFolder();
  const artifact = tinyArtifact((draft) => {
    draft.columns[0].required = true;
    draft.golden = draft.golden.filter(({ row }) => typeof row.age === 'number');
  });
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  const app = await buildApp({ models });
  expect(await askExamples({ app, version })).toHaveLength(12);
  await app.close();
  await remove();
});

test('every path of the document is there', async () => {
  for (const { url, get } of await documented())
    if (get) expect([url, (await tiny.app.inject(url)).statusCode]).toEqual([url, 200]);
});

/** The addresses in Fastify's drawing of its routes, a tree whose branches are four characters deep. */
function addresses(tree: string): string[] {
  const parts: string[] = [];
  return [...tree.matchAll(/^(.*)── (\S*) \(/gm)].map(([, branch, part]) => {
    const depth = (branch.length - 1) / 4;
    parts.splice(depth, Infinity, part);
    return parts.join('').replace(/(?<=.)\/$/, '');
  });
}

test('every route of the server is in the document, but for what /docs loads', async () => {
  let routes: string[] = [];
  const app = await buildApp({
    models: join(root, 'models'),
    site: async (site) => {
      routes = addresses(site.printRoutes({ commonPrefix: false }));
    },
  });
  const { paths } = (await app.inject('/openapi.json')).json();
  await app.close();
  const named = new Set(routes.map((route) => route.replace(/:\w+/g, '{}')));
  const documented = Object.keys(paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
  const refused = ['load', 'unload'].map((verb) => `/v2/repository/models/{}/${verb}`);
  const others = ['/docs/page.css', '/docs/page.js'];
  expect([...named].sort()).toEqual([...documented, ...refused, ...others].sort());
});

test('the metrics are in the document where they are at this address', async () => {
  const elsewhere = await buildApp({ models: join(root, 'models'), metricsPort: 0 });
  expect((await elsewhere.inject('/openapi.json')).json().paths).not.toHaveProperty('/metrics');
  await elsewhere.close();
  expect((await tiny.app.inject('/openapi.json')).json().paths).toHaveProperty('/metrics');
});

test('a TypeScript client made from the document compiles and calls the server', async () => {
  const port = await listen(tiny.app);
  const url = `http://127.0.0.1:${port}`;
  const types = astToString(await openapiTS((await tiny.app.inject('/openapi.json')).json()));
  const folder = await mkdtemp(join(tmpdir(), 'hearth-client-'));
  await symlink(join(root, 'api/node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'schema.ts'), types);
  await writeFile(
    join(folder, 'client.ts'),
    `import createClient from 'openapi-fetch';
     import type { paths } from './schema.ts';
     const client = createClient<paths>({ baseUrl: '${url}' });
     const { data } = await client.POST('/predict', { body: { age: 60, sex: 'male' } });
     if (data && typeof data === 'object' && 'probability' in data) console.log(data.probability.toFixed(3));
     // @ts-expect-error no such category
     const { error } = await client.POST('/predict', { body: { sex: 'other' } });
     console.log(error?.errors?.[0]?.pointer);
     const infer = await client.POST('/v2/models/{model}/infer', {
       params: { path: { model: 'tiny' } },
       body: { inputs: [{ name: 'age', shape: [2], datatype: 'INT64', data: [60, null] }] },
     });
     if (typeof infer.data === 'object') console.log(infer.data.outputs[0].data.length);
     const invoked = await client.POST('/invocations', { body: { instances: [{ age: 60, sex: 'male' }, {}] } });
     if (invoked.data && typeof invoked.data === 'object' && 'predictions' in invoked.data) console.log(invoked.data.predictions.length);`,
  );
  const options =
    '--strict --module nodenext --target es2022 --lib es2022,dom --noEmit --allowImportingTsExtensions';
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, ...options.split(' '), 'client.ts'], { cwd: folder });
  const { stdout } = await run(process.execPath, ['--experimental-strip-types', 'client.ts'], {
    cwd: folder,
  });
  expect(stdout).toBe('0.700\n/sex\n2\n2\n');
  await rm(folder, { recursive: true });
});

test('the document changes when the model is swapped', async () => {
  const { app, registry, version } = tiny;
  const versionOf = async () => (await app.inject('/openapi.json')).json().info.version;
  expect(await versionOf()).toBe(version);
  const second = await publishTiny(registry, 0.1);
  await registry.promote(second);
  await until(async () => (await versionOf()) === second, 5000);
});
