import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { externalFigures } from '@hearth/artifact/testing/external';
import { expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';
import { buildApp } from '../app.ts';

test('the description of the model comes compressed to who takes that, and is of the version that answers', async () => {
  const models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  const registry = openRegistry(join(models, 'tiny'));
  await registry.publish(tinyArtifact());
  await registry.promote('latest');
  const app = await buildApp({ models });
  const get = (encoding: string) => app.inject({ url: '/model', headers: { 'accept-encoding': encoding } });
  const plain = await get('identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  for (const [encoding, decompress] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const reply = await get(encoding);
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.headers.vary).toBe('accept-encoding');
    expect(decompress(reply.rawPayload).toString()).toBe(plain.body);
    expect(reply.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
  }

  const { version } = await registry.publish(
    tinyArtifact((draft) => Object.assign(draft.engine, { seed: 2 })),
  );
  await registry.promote(version);
  await expect.poll(async () => (await get('identity')).json().version, { timeout: 10_000 }).toBe(version);
  await app.close();
  await rm(models, { recursive: true });
});

test('the card of the model is Markdown, with the version that answers', async () => {
  const models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  const registry = openRegistry(join(models, 'tiny'));
  const { version } = await registry.publish(tinyArtifact());
  await registry.promote('latest');
  const app = await buildApp({ models });
  const response = await app.inject('/model/card');
  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(response.headers['cache-control']).toBe('no-cache');
  expect(response.body).toMatch(/^---\nlanguage:/);
  expect(response.body).toContain(`\`tiny\`, version \`${version}\`, published 20`);
  await app.close();
  await rm(models, { recursive: true });
});

test('evaluations at other places are served from when they are made, apart from the cross-validation', async () => {
  const { app, registry, version, close } = await tinyApp();
  const get = async () => (await app.inject('/model/evaluations')).json();
  expect(await get()).toEqual({ version, evaluations: [], unusable: 0 });
  const before = (await app.inject('/model')).body;
  const path = await registry.addEvaluation(version, externalFigures({ name: 'Basel' }));
  expect(await get()).toMatchObject({ evaluations: [{ name: 'Basel', kind: 'chance' }], unusable: 0 });
  expect((await app.inject('/model/card')).body).toContain('### Basel');
  expect((await app.inject('/model')).body).toBe(before);
  await writeFile(path, '{}');
  expect(await get()).toEqual({ version, evaluations: [], unusable: 1 });
  await close();
});

test('without a model there is no card, and the answer says why', async () => {
  const models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  const app = await buildApp({ models });
  const response = await app.inject('/model/card');
  expect(response.statusCode).toBe(503);
  expect(response.headers['content-type']).toContain('application/problem+json');
  await app.close();
  await rm(models, { recursive: true });
});
