import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { buildApp } from '../app.ts';
import { startSlice } from '../predict/slice.ts';
import { defaultSafety } from './index.ts';

const shedding = { ...defaultSafety, shedAfter: 10 };
let folder: Awaited<ReturnType<typeof modelsFolder>>;

beforeAll(async () => {
  folder = await modelsFolder();
  await folder.registry.promote(await publishTiny(folder.registry));
});
afterAll(() => folder.remove());

const rows = JSON.stringify(Array.from({ length: 2000 }, () => ({ age: 54, sex: 'male', weight: 70 })));
const json = { 'content-type': 'application/json' };

/** Sends many batches at once. @returns how many got which status */
async function flood(base: string, batches: number) {
  const counts = new Map<number, number>();
  const send = async () => {
    const answer = await fetch(`${base}/predict`, { method: 'POST', headers: json, body: rows });
    await answer.arrayBuffer();
    counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('1');
  };
  await Promise.all(Array.from({ length: batches }, send));
  return { answered: counts.get(200) ?? 0, refused: counts.get(503) ?? 0 };
}

test('more batches at once than can be answered soon are partly refused, and health is not', async () => {
  const app = await buildApp({ models: folder.models, safety: shedding });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const flooding = flood(base, 64);
  const health = await fetch(`${base}/health/ready`);
  const { answered, refused } = await flooding;
  expect(health.status).toBe(200);
  expect(answered + refused).toBe(64);
  expect(refused).toBeGreaterThan(0);
  expect(answered).toBeGreaterThan(0);
  expect(app.batchesInWork()).toBe(0);
  const after = await fetch(`${base}/predict`, { method: 'POST', headers: json, body: rows });
  expect(after.status).toBe(200);
  await app.close();
});

test('switched off, every batch is answered, however late', async () => {
  const app = await buildApp({ models: folder.models, safety: defaultSafety });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  expect(await flood(base, 16)).toMatchObject({ answered: 16, refused: 0 });
  await app.close();
});

test.each([
  ['batch', rows],
  ['row', '{"age":54}'],
])('a %s that is alone is not refused, however long the machine stalls', async (_what, body) => {
  const app = await buildApp({ models: folder.models, safety: { ...shedding, shedAfter: 1 } });
  app.server.prependListener('request', (request) => request.once('end', stall));
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  for (let i = 0; i < 5; i++) {
    const answer = await fetch(`${base}/predict`, { method: 'POST', headers: json, body });
    await answer.arrayBuffer();
    expect(answer.status).toBe(200);
  }
  await app.close();
});

/** For longer than a batch may wait for others, and a row too. */
function stall(): void {
  const end = performance.now() + 25;
  while (performance.now() < end);
}

test('a client that gives up its batch gives back its place', async () => {
  const app = await buildApp({ models: folder.models, safety: shedding });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const many = JSON.stringify(Array.from({ length: 10_000 }, () => ({ age: 54, sex: 'male', weight: 70 })));
  for (let i = 0; i < 3; i++) {
    const abort = new AbortController();
    const asked = fetch(`${base}/predict`, {
      method: 'POST',
      headers: json,
      body: many,
      signal: abort.signal,
    });
    await expect.poll(() => app.batchesInWork(), { interval: 1 }).toBeGreaterThan(0);
    abort.abort();
    await expect(asked).rejects.toThrow('aborted');
    await expect.poll(() => app.batchesInWork()).toBe(0);
  }
  await app.close();
});

test('a crowd that connects does not wait for a slice of a batch each', async () => {
  const app = await buildApp({ models: folder.models, safety: shedding });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  vi.useFakeTimers({ toFake: ['performance'] });
  const crowd = 40;
  let slices = 0;
  const slicesBefore: number[] = [];
  app.server.on('connection', () => slicesBefore.push(slices));
  const sockets = Array.from({ length: crowd }, () => connect(Number(port), '127.0.0.1'));
  while (slicesBefore.length < crowd) {
    await startSlice().rest();
    slices++;
  }
  vi.useRealTimers();
  expect(slicesBefore[crowd - 1] - slicesBefore[0]).toBeLessThan(crowd / 2);
  await Promise.all(sockets.map((socket) => once(socket.end(), 'close')));
  await app.close();
});
