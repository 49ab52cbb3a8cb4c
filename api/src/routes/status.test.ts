import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Status } from '@hearth/artifact';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildTestApp } from '../../testing/serve.ts';

let models: string;
let registry: Registry;
let app: FastifyInstance;

beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  registry = openRegistry(join(models, 'tiny'));
  await registry.publish(tinyArtifact());
  await registry.promote('latest');
  app = await buildTestApp({ models });
});

afterEach(async () => {
  await app.close();
  await rm(models, { recursive: true });
});

const status = async (of = app): Promise<Status> => (await of.inject('/status')).json();

/** Another version, which only its seed tells from the first. */
const publishAnother = () => registry.publish(tinyArtifact((draft) => (draft.engine.seed = 2)));

test('the status tells what is in production since when, and what happened', async () => {
  const { champion, versions, refusals } = await status();
  const production = await registry.production();
  expect(champion).toMatchObject({ name: 'tiny', version: production, kind: 'chance' });
  expect(champion?.scores).toHaveProperty('auc.mean', 0.5);
  expect(Date.parse(champion?.since ?? '')).toBeLessThanOrEqual(Date.now());
  expect(versions).toMatchObject({ production, published: 1 });
  expect(versions?.journal.map(({ action }) => action)).toEqual(['promote', 'publish']);
  expect(versions).not.toHaveProperty('challenger');
  expect(refusals).toEqual([]);
});

test('the newest version that is not in production is the challenger', async () => {
  const { version } = await publishAnother();
  const { versions } = await status();
  expect(versions?.challenger).toMatchObject({ version, kind: 'chance', scores: { brier: { mean: 0.5 } } });
});

test('an earlier version that serves is not its own challenger', async () => {
  const first = await registry.production();
  const { version: second } = await publishAnother();
  await registry.promote(second);
  await truncate(join(registry.folder, second, 'forest.safetensors'));
  const restarted = await buildTestApp({ models });
  const { status: state, champion, versions } = await status(restarted);
  expect([state, champion?.version, versions?.production]).toEqual(['degraded', first, second]);
  expect(versions).not.toHaveProperty('challenger');
  await restarted.close();
});

test('the journal comes without the reasons that people gave', async () => {
  await publishAnother();
  await registry.promote('latest');
  await registry.rollback('Maria found it strange');
  const answer = await status();
  expect(JSON.stringify(answer)).not.toContain('Maria');
  expect(answer.versions?.journal[0]).toMatchObject({ action: 'rollback', previous: expect.any(String) });
});

test('answers are counted, other requests are not', async () => {
  await app.inject({ method: 'POST', url: '/predict', payload: { age: 54 } });
  await app.inject({ method: 'POST', url: '/predict', payload: { age: 'x' } });
  await app.inject('/health');
  const { traffic } = await status();
  expect(traffic).toMatchObject({ requests: 2, refused: 1, failed: 0 });
  expect(traffic.latency?.p50).toBeGreaterThan(0);
});

test('two instances are told apart', async () => {
  const other = await buildTestApp({ models });
  expect((await status(other)).instance.id).not.toBe((await status()).instance.id);
  await other.close();
});

test('without any model the status still answers, and says why there is none', async () => {
  const empty = await buildTestApp({ models: join(models, 'nowhere') });
  const { champion, refusals, versions } = await status(empty);
  expect(champion).toBeUndefined();
  expect(versions).toBeUndefined();
  expect(refusals[0]?.reason).toContain('nowhere');
  await empty.close();
});
