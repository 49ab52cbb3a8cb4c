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
import { modelsFolder, publishTiny, until } from '../../testing/models.ts';
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
  const value = tinyArtifact((draft) => {
    draft.target = { name: 'height', type: 'numeric', unit: { en: 'cm', 'pt-BR': 'cm' } };
    const one = { mean: 1, sd: 0 };
    draft.evaluation = {
      kind: 'value',
      method: draft.evaluation.method,
      model: { rmse: one, mae: one, r2: one },
      references: [],
      outOfFold: [],
    };
  });
  await registry.publish(value);
  await openRegistry(registry.folder).promote('latest');
  const app = await buildApp({ models });
  const { body } = await app.inject('/openapi.json');
  expect(await lint(body)).toEqual([]);
  const { Prediction } = JSON.parse(body).components.schemas;
  expect(Prediction.required).toEqual(['value', 'model']);
  expect(Prediction.properties.value['x-unit']).toBe('cm');
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

test('every example of the document is answered', async () => {
  const { post } = (await tiny.app.inject('/openapi.json')).json().paths['/predict'];
  let asked = 0;
  for (const [type, { example, examples }] of Object.entries<{ example?: string; examples?: object }>(
    post.requestBody.content,
  )) {
    for (const { value } of examples ? Object.values(examples) : [{ value: example }]) {
      const payload = typeof value === 'string' ? value : JSON.stringify(value);
      const headers = { 'content-type': type, accept: 'application/x-ndjson' };
      const response = await tiny.app.inject({ method: 'POST', url: '/predict', headers, payload });
      expect(response.statusCode).toBe(200);
      expect(response.body).not.toContain('/docs/problems');
      asked++;
    }
  }
  expect(asked).toBe(4);
});

test('every path of the document is there', async () => {
  const { paths } = (await tiny.app.inject('/openapi.json')).json();
  for (const [path, operations] of Object.entries<object>(paths)) {
    if (!('get' in operations)) continue;
    const response = await tiny.app.inject(path.replace('{name}', 'invalid-input'));
    expect([path, response.statusCode]).toEqual([path, 200]);
  }
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
     console.log(error?.errors?.[0]?.pointer);`,
  );
  const options =
    '--strict --module nodenext --target es2022 --lib es2022,dom --noEmit --allowImportingTsExtensions';
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, ...options.split(' '), 'client.ts'], { cwd: folder });
  const { stdout } = await run(process.execPath, ['--experimental-strip-types', 'client.ts'], {
    cwd: folder,
  });
  expect(stdout).toBe('0.700\n/sex\n');
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
