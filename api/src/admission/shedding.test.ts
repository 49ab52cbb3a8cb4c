import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { json as readJson } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { listen, open, response } from '../../testing/serve.ts';
import { buildApp } from '../app.ts';
import { defaultSafety } from '../safety/index.ts';
import { defaultLimits } from './index.ts';
import { addShedding } from './shedding.ts';
import { startSlice } from './slice.ts';

const shedding = { ...defaultSafety, shedAfter: 100 };
let folder: Awaited<ReturnType<typeof modelsFolder>>;

beforeAll(async () => {
  folder = await modelsFolder();
  await folder.registry.promote(await publishTiny(folder.registry));
});
afterAll(() => folder.remove());

const rows = JSON.stringify(Array.from({ length: 2000 }, () => ({ age: 54, sex: 'male', weight: 70 })));
const json = { 'content-type': 'application/json' };

/** Sends many batches at once. @returns how many were answered and refused */
async function flood(base: string, batches: number) {
  const counts = new Map<number, number>();
  const send = async () => {
    const answer = await fetch(`${base}/predict`, { method: 'POST', headers: json, body: rows });
    await answer.arrayBuffer();
    counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    if (answer.status === 503) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  };
  await Promise.all(Array.from({ length: batches }, send));
  return { answered: counts.get(200) ?? 0, refused: counts.get(503) ?? 0 };
}

test('of more batches than can be answered soon some are refused, and health is answered', async () => {
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

test('batches that need not wait too long are all answered, however many arrive at once', async () => {
  const app = await buildApp({ models: folder.models, safety: { ...shedding, shedAfter: 60_000 } });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  expect(await flood(base, 64)).toEqual({ answered: 64, refused: 0 });
  expect(app.batchesInWork()).toBe(0);
  await app.close();
});

/** Sends a batch with this many bytes. */
function sendBatch(port: number, bytes: number, path?: string) {
  const request = open(port, { ...json, 'content-length': bytes }, path);
  request.end('[{}]'.padEnd(bytes));
  return response(request);
}

describe('with two batches in work that take their time', () => {
  const bodyBytes = 100_000;
  let app: FastifyInstance;
  let port: number;
  let finish: () => void;

  /** Starts an API that holds the first two batches until `finish` is called. */
  async function startHeld(shedAfter: number): Promise<void> {
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const safety = { ...defaultSafety, shedAfter };
    app = await buildApp({ models: folder.models, safety, limits: { ...defaultLimits, bodyBytes } });
    let held = 0;
    app.addHook('preHandler', async () => {
      if (held++ < 2) await finished;
    });
    port = await listen(app);
  }
  afterEach(() => app.close());

  test('a batch is accepted up to the longest expected wait, and refused above it', async () => {
    await startHeld(25); // the guess is 10 ms for 100,000 bytes
    const answers: ReturnType<typeof sendBatch>[] = [];
    for (const [i, bytes] of [bodyBytes, bodyBytes, 50_000].entries()) {
      answers.push(sendBatch(port, bytes));
      await expect.poll(() => app.batchesInWork()).toBe(i + 1);
    }
    answers.push(sendBatch(port, 20_000)); // it would wait 25 ms
    await expect.poll(() => app.batchesInWork()).toBe(4);
    const refused = await sendBatch(port, 20_000); // 27 ms
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(await readJson(refused)).toMatchObject({
      status: 503,
      detail: 'retry after the time in Retry-After',
    });
    const row = open(port, json);
    row.end('{"age":54}');
    expect((await response(row)).statusCode).toBe(200);
    finish();
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).statusCode));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  test('an announced batch that is not sent does not keep its place for long', async () => {
    await startHeld(9); // 10 ms are expected
    const silent = open(port, { ...json, 'content-length': bodyBytes });
    silent.flushHeaders();
    await expect.poll(async () => (await sendBatch(port, 20_000)).statusCode).toBe(503);
    finish();
    await expect.poll(async () => (await sendBatch(port, 20_000)).statusCode).toBe(200);
    silent.destroy();
  });

  test('a late body is accepted only if there is still a place, and batches in work keep theirs', async () => {
    await startHeld(15); // 10 ms are expected of each
    const late = open(port, { ...json, 'content-length': bodyBytes });
    const unknown = [open(port, json), open(port, json)]; // without a content-length
    for (const request of [late, ...unknown]) request.flushHeaders();
    const answers: ReturnType<typeof sendBatch>[] = [];
    await expect
      .poll(() => {
        if (app.batchesInWork() < 2) answers.push(sendBatch(port, bodyBytes));
        return app.batchesInWork();
      })
      .toBe(2);
    for (const request of [late, unknown[0]]) {
      request.end('[{}]'.padEnd(bodyBytes));
      expect((await response(request)).statusCode).toBe(503);
    }
    unknown[1].end('{"age":54}'); // a single row after all
    expect((await response(unknown[1])).statusCode).toBe(200);
    await setTimeout(500);
    expect((await sendBatch(port, bodyBytes)).statusCode).toBe(503);
    finish();
    const statuses = await Promise.all(answers.map(async (answer) => (await answer).statusCode));
    expect(statuses.filter((status) => status === 200)).toHaveLength(2);
  });

  test('the queue holds at most the bytes of 32 bodies of the largest size', async () => {
    await startHeld(1e6);
    const answers = Array.from({ length: 31 }, () => sendBatch(port, bodyBytes));
    await expect.poll(() => app.batchesInWork()).toBe(31);
    expect((await sendBatch(port, bodyBytes + 1)).statusCode).toBe(413);
    answers.push(sendBatch(port, bodyBytes));
    await expect.poll(() => app.batchesInWork()).toBe(32);
    expect((await sendBatch(port, 20_000)).statusCode).toBe(503);
    finish();
    for (const answer of answers) expect((await answer).statusCode).toBe(200);
  });

  test('switched off, the queue holds more bytes', async () => {
    await startHeld(0);
    const answers = Array.from({ length: 33 }, () => sendBatch(port, bodyBytes));
    await expect.poll(() => app.batchesInWork()).toBe(33);
    finish();
    for (const answer of answers) expect((await answer).statusCode).toBe(200);
  });
});

describe('how long batches take', () => {
  let app: FastifyInstance;
  let port: number;
  let took: number;
  let held: PromiseWithResolvers<void> | undefined;

  beforeEach(async () => {
    app = await buildApp({ models: folder.models, safety: shedding });
    took = 0;
    held = undefined;
    vi.useFakeTimers({ toFake: ['performance'] });
    app.addHook('preHandler', async () => {
      vi.advanceTimersByTime(took);
      await held?.promise;
    });
    port = await listen(app);
  });
  afterEach(async () => {
    held?.resolve();
    vi.useRealTimers();
    await app.close();
  });

  /** Sends a batch, with 2 ms expected before any is answered, and waits until `inWork` batches are admitted. */
  async function begin(inWork: number, path?: string): Promise<() => Promise<number | undefined>> {
    const answer = sendBatch(port, 20_000, path);
    await expect.poll(() => app.batchesInWork()).toBe(inWork);
    return async () => (await answer).statusCode;
  }

  test('batches with and without explanations have paces of their own', async () => {
    took = 10_000;
    expect((await sendBatch(port, 20_000, '/predict?explain=true')).statusCode).toBe(200);
    took = 0;
    held = Promise.withResolvers();
    const plain = [await begin(1), await begin(2)];
    held.resolve();
    for (const status of plain) expect(await status()).toBe(200);
    held = Promise.withResolvers();
    const explained = await begin(1, '/predict?explain=true');
    expect((await sendBatch(port, 20_000)).statusCode).toBe(503);
    held.resolve();
    expect(await explained()).toBe(200);
  });

  test('a client that gives up does not change the pace', async () => {
    took = 10_000;
    held = Promise.withResolvers();
    const request = open(port, { ...json, 'content-length': 20_000 });
    request.end('[{}]'.padEnd(20_000));
    await expect.poll(() => app.batchesInWork()).toBe(1);
    request.destroy();
    await expect.poll(() => app.batchesInWork()).toBe(0);
    took = 0;
    const following = [await begin(1), await begin(2)];
    held.resolve();
    for (const status of following) expect(await status()).toBe(200);
  });
});

test('switched off, every batch is answered', async () => {
  const app = await buildApp({ models: folder.models, safety: defaultSafety });
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  expect(await flood(base, 16)).toMatchObject({ answered: 16, refused: 0 });
  await app.close();
});

test.each([
  ['batch', rows],
  ['row', '{"age":54}'],
])('a single %s is not refused, however long the machine stalls', async (_what, body) => {
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

/** Blocks for longer than a row or a batch may wait. */
function stall(): void {
  const end = performance.now() + 25;
  while (performance.now() < end);
}

describe('of requests that arrive in one turn', () => {
  let app: FastifyInstance;
  let port: number;

  /** Starts an API where each request takes these milliseconds of the turn before it is handled; no other time passes. */
  async function startSlow(shedAfter: number, took: number[]): Promise<void> {
    app = await buildApp({ models: folder.models, safety: { ...defaultSafety, shedAfter } });
    vi.useFakeTimers({ toFake: ['performance'] });
    app.server.prependListener('request', () => {
      vi.advanceTimersByTime(took.shift() ?? 0);
    });
    port = await listen(app);
  }
  afterEach(async () => {
    vi.useRealTimers();
    await app.close();
  });

  const row = '{"age":54}';
  const post = `POST /predict HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${row.length}\r\n\r\n${row}`;
  const get = 'GET /health/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

  /** Sends requests in one piece, so that they arrive in one turn. @returns their statuses and the values of Retry-After */
  async function sendAtOnce(...requests: string[]) {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (data) => {
      text += data;
    });
    socket.write(requests.join(''));
    const statuses = () => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
    await expect.poll(() => statuses().length).toBe(requests.length);
    socket.destroy();
    return {
      statuses: statuses(),
      after: [...text.matchAll(/^retry-after: (\d+)/gim)].map(([, s]) => Number(s)),
    };
  }

  test('a request that has waited up to the limit is answered, and one that has waited longer is refused', async () => {
    await startSlow(100, [500, 60, 40, 1]);
    const { statuses, after } = await sendAtOnce(post, post, post, post);
    expect(statuses).toEqual([200, 200, 200, 503]);
    expect(after).toEqual([1]);
  });

  test('requests of an earlier turn do not count as a wait', async () => {
    await startSlow(100, [0, 101, 1000, 0, 101]);
    expect((await sendAtOnce(post, post)).statuses).toEqual([200, 503]);
    expect((await sendAtOnce(post)).statuses).toEqual([200]);
    expect((await sendAtOnce(post, post)).statuses).toEqual([200, 503]);
  });

  test('a GET request is answered, however long it has waited, and does not count as a wait', async () => {
    await startSlow(100, [0, 1000, 0, 1000]);
    expect((await sendAtOnce(get, post)).statuses).toEqual([200, 200]);
    expect((await sendAtOnce(post, get)).statuses).toEqual([200, 200]);
  });

  test('Retry-After is the wait in seconds, and at most a minute', async () => {
    await startSlow(100, [0, 101, 900, 999, 0, 59_001, 10_000]);
    expect(await sendAtOnce(post, post, post, post)).toEqual({
      statuses: [200, 503, 503, 503],
      after: [1, 2, 2],
    });
    expect(await sendAtOnce(post, post, post)).toEqual({ statuses: [200, 503, 503], after: [60, 60] });
  });

  test('switched off, every request is answered, however long it has waited', async () => {
    await startSlow(0, [0, 1e6, 1e6]);
    expect((await sendAtOnce(post, post, post)).statuses).toEqual([200, 200, 200]);
  });
});

describe('without a network', () => {
  let app: FastifyInstance;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    app = Fastify();
    addShedding(app, { shedAfter: 100 }, { bodyBytes: 1e6 });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await app.close();
  });
  const refused = 'retry after the time in Retry-After';

  test('a message leaves the queue with its answer, and the time that it took is expected of the next ones', async () => {
    const admit = () => app.admitMessage('grpc', 1e5);
    const first = admit();
    await first?.turn;
    expect(app.batchesInWork()).toBe(1);
    vi.advanceTimersByTime(1e6);
    await new Promise(setImmediate); // the next turn
    first?.leave();
    expect(app.batchesInWork()).toBe(0);
    expect(admit()).toBeDefined();
    expect(admit).toThrow(refused);
  });

  test('a message of one row need not wait, and is refused after more than 100 ms of one turn', () => {
    const admit = () => app.admitMessage('grpc', 16 * 1024);
    expect(admit()).toBeUndefined();
    vi.advanceTimersByTime(100);
    expect(admit()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(admit).toThrow(refused);
  });

  /** Answers the status of a request of so many bytes, which is announced as a batch. @param then runs while it is in work */
  async function announced(bytes: number, then = async () => {}): Promise<number> {
    app.post('/', async (request, reply) => {
      app.announceBatch(request, reply);
      expect(app.admit(request, 600_000)).toBeInstanceOf(Promise);
      await then();
      return {};
    });
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/',
      headers: json,
      payload: '1'.padEnd(bytes),
    });
    return statusCode;
  }

  test('a short body that is announced as a batch is one, and is refused if the queue is full', async () => {
    expect(await announced(10, async () => expect(app.batchesInWork()).toBe(1))).toBe(200);
    expect(app.batchesInWork()).toBe(0);
    for (let i = 0; i < 2; i++) app.admitMessage('grpc', 1e6);
    expect((await app.inject({ method: 'POST', url: '/', headers: json, payload: '1' })).statusCode).toBe(
      503,
    );
  });

  test('a body of unknown length needs a place in the queue when it has arrived', async () => {
    app.post('/', async (request) => {
      for (let i = 0; i < 2; i++) app.admitMessage('grpc', 1e6);
      expect(() => app.admit(request, 600_000)).toThrow(refused);
      return {};
    });
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/',
      headers: json,
      payload: Readable.from(['1']),
    });
    expect(statusCode).toBe(200);
  });

  test('a batch that its length has announced counts once', async () => {
    const other = async () => expect(app.admitMessage('grpc', 1e5)).toBeDefined();
    expect(await announced(600_000, other)).toBe(200);
  });
});

test('the batch of a client that gives up leaves the queue', async () => {
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

test('new connections do not each wait for a slice of a batch', async () => {
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
