import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';
import { defaultSafety } from '../safety/index.ts';
import { leaveRefused } from './closing.ts';
import { defaultLimits } from './index.ts';

const { bodyBytes } = defaultLimits; // four of them are more than the buffers between client and server hold
const keys = join(tmpdir(), `hearth-keys-${process.pid}`);
const running: Awaited<ReturnType<typeof tinyApp>>[] = [];
const ports: Record<string, number> = {};

beforeAll(async () => {
  await writeFile(keys, createHash('sha256').update('key').digest('hex'));
  const options = {
    open: {},
    hasty: { limits: { ...defaultLimits, bodySeconds: 0.3 } },
    locked: { safety: { ...defaultSafety, apiKeysFile: keys } },
    limited: { safety: { ...defaultSafety, rateLimit: 1, rateLimitExempt: [] } },
  };
  for (const [name, own] of Object.entries(options)) {
    const tiny = await tinyApp(own);
    running.push(tiny);
    ports[name] = await listen(tiny.app);
  }
  await fetch(`http://127.0.0.1:${ports.limited}/predict`, { method: 'POST', body: '{}' });
}, 60_000);
const realNow = performance.now.bind(performance);
let ahead = 0;
afterEach(() => {
  vi.restoreAllMocks();
  ahead = 0;
});
afterAll(async () => {
  for (const tiny of running) await tiny.close();
  await rm(keys);
});

const framings = {
  'a length': (body: string) => ({ header: `content-length: ${body.length}`, sent: body }),
  chunks: (body: string) => ({
    header: 'transfer-encoding: chunked',
    sent: `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  }),
};

/** All that a client gets which reads nothing until it has sent everything, as many do. */
async function sendThenRead(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.pause();
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.write(text, 'latin1', (error) => (error ? reject(error) : resolve()));
  });
  await wait(20);
  let heard = '';
  socket.on('data', (piece) => (heard += piece)).resume();
  await expect.poll(() => isWhole(heard), { timeout: 3000 }).toBe(true);
  socket.destroy();
  return heard;
}

function isWhole(answer: string): boolean {
  const [head, body] = answer.split('\r\n\r\n');
  return body !== undefined && body.length === Number(/content-length: (\d+)/i.exec(head)?.[1]);
}

const json = 'application/json';
const csv = 'text/csv';
const infer = '/v2/models/tiny/infer';
describe.each(Object.keys(framings) as (keyof typeof framings)[])('of a body with %s', (framing) => {
  test.each([
    [413, 'open', '/predict', json],
    [413, 'open', infer, json],
    [413, 'open', '/invocations', json],
    [413, 'open', '/invocations', csv],
    [415, 'open', '/predict', 'application/xml'],
    [415, 'open', '/predict', 'text/csv; charset=latin1'],
    [415, 'open', infer, csv],
    [400, 'open', '/predict?explain=yes', csv],
    [422, 'open', '/predict', csv],
    [404, 'open', '/nothing', json],
    [404, 'open', '/v2/nothing', json],
    [405, 'open', '/model', json],
    [401, 'locked', '/predict', json],
    [401, 'locked', '/predict', csv],
    [401, 'locked', infer, json],
    [429, 'limited', '/predict', json],
    [429, 'limited', '/invocations', csv],
    [429, 'limited', infer, json],
  ])('who sends it all first can read the %i of %s %s %s', async (status, on, path, type) => {
    const { header, sent } = framings[framing](`nothing\n${' '.repeat(4 * bodyBytes)}`);
    const head = `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\n${header}\r\n\r\n`;
    expect(await sendThenRead(ports[on], head + sent)).toContain(`HTTP/1.1 ${status} `);
  });

  test('node’s fetch can read its refusal', async () => {
    const text = ' '.repeat(1.5 * bodyBytes);
    for (let i = 0; i < 20; i++) {
      const stream = { body: new Blob([text]).stream(), duplex: 'half' } as const;
      const answer = await fetch(`http://127.0.0.1:${ports.open}/predict`, {
        method: 'POST',
        headers: { 'content-type': json },
        ...(framing === 'chunks' ? stream : { body: text }),
      });
      expect([answer.status, await answer.json()]).toEqual([413, expect.objectContaining({ status: 413 })]);
    }
  });
});

/** Sends pieces of a body for as long as they are taken, and reads meanwhile. */
async function sendOn(socket: Socket, head: string, most: number) {
  let heard = '';
  let isEnded = false;
  let isClosed = false;
  socket.setEncoding('latin1').on('data', (piece) => (heard += piece));
  socket.on('end', () => {
    isEnded = true;
  });
  socket.on('close', () => {
    isClosed = true;
  });
  socket.on('error', () => {});
  socket.write(head);
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024, ' ');
  while (!isEnded && !isClosed && sent < most) {
    sent += piece.length;
    socket.write(piece);
    while (socket.writableLength > 0 && !isEnded && !isClosed) await wait(1);
  }
  return { heard, sent, isEnded };
}

/** Puts the clock of the server forward, for this test. */
function putForward(milliseconds: number): void {
  ahead += milliseconds;
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + ahead);
}

/** Waits until the other side takes nothing more at all. */
async function closedAtLast(socket: Socket): Promise<void> {
  const sending = setInterval(() => socket.write(' '), 20);
  await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
  clearInterval(sending);
}

test('who stops in the midst of a body can read its refusal too', async () => {
  const socket = connect({ port: ports.open, host: '127.0.0.1', allowHalfOpen: true });
  socket.pause();
  socket.end(`POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${bodyBytes}\r\n\r\nx`);
  await wait(200);
  const [answer] = await once(socket.setEncoding('latin1').resume(), 'data');
  expect(answer).toContain('HTTP/1.1 404 ');
});

test('a server that stops does not wait for a client that it has refused', async () => {
  const tiny = await tinyApp();
  const port = await listen(tiny.app);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${bodyBytes}\r\n\r\nx`);
  socket.on('error', () => {});
  await once(socket, 'data');
  const closed = tiny.close();
  putForward(2100); // the client has two seconds to close its side
  await closed;
});

test('a second stop adds no listener to a connection that is closing', async () => {
  const tiny = await tinyApp();
  const port = await listen(tiny.app);
  const connected = once(tiny.app.server, 'connection');
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  socket.write(`POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${bodyBytes}\r\n\r\nx`);
  const [refused] = await connected;
  await once(socket, 'data');
  leaveRefused();
  const listeners = refused.listenerCount('close');
  leaveRefused();
  expect(refused.listenerCount('close')).toBe(listeners);
  socket.destroy();
  await tiny.close();
});

test('no more is read than eight of the largest bodies, and what has no end is told so', async () => {
  const socket = connect({ port: ports.open, host: '127.0.0.1', allowHalfOpen: true });
  const head = `POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: ${json}\r\ncontent-length: 1000000000\r\n\r\n`;
  const { heard, sent, isEnded } = await sendOn(socket, head, 40 * bodyBytes);
  expect(heard).toContain('HTTP/1.1 413 ');
  expect(heard.toLowerCase()).toContain('connection: close');
  expect(isEnded).toBe(true);
  expect(sent).toBeGreaterThan(8 * bodyBytes);
  expect(sent).toBeLessThan(20 * bodyBytes); // with what lies in the buffers between
  putForward(2100);
  await closedAtLast(socket);
});

test('a client that goes on for longer than 30 seconds is left', async () => {
  const socket = connect({ port: ports.open, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(`POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${bodyBytes}\r\n\r\nx`);
  socket.on('error', () => {});
  const [answer] = await once(socket.setEncoding('latin1'), 'data');
  expect(answer).toContain('HTTP/1.1 404 ');
  const ended = once(socket, 'end');
  await wait(300);
  expect(socket.readableEnded).toBe(false);
  putForward(30_000);
  await ended;
  putForward(2100);
  await closedAtLast(socket);
});

test('of what is asked in process, without a connection, nothing is read on', async () => {
  const asked = { method: 'POST', url: '/predict', payload: '{"agee":1}' } as const;
  const { statusCode } = await running[0].app.inject({ ...asked, headers: { 'content-type': json } });
  expect(statusCode).toBe(422);
  putForward(31_000);
  await wait(250); // it would fail here
});

test('a connection whose body has been read to its end is used again', async () => {
  const socket = connect(ports.open, '127.0.0.1').setEncoding('latin1');
  let heard = '';
  socket.on('data', (piece) => (heard += piece));
  socket.write(
    `POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${bodyBytes}\r\n\r\n${' '.repeat(bodyBytes)}`,
  );
  await expect.poll(() => heard).toContain('HTTP/1.1 404 ');
  socket.write('GET /health/live HTTP/1.1\r\nhost: a\r\n\r\n');
  await expect.poll(() => heard).toContain('HTTP/1.1 200 ');
  socket.destroy();
});

test('a connection is kept for a body of eight times the largest size, and closed over a longer one', async () => {
  const answerTo = async (length: number) => {
    const socket = connect(ports.open, '127.0.0.1').setEncoding('latin1');
    socket.write(`POST /nothing HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return answer.toLowerCase();
  };
  expect(await answerTo(8 * bodyBytes)).toContain('connection: keep-alive');
  expect(await answerTo(8 * bodyBytes + 1)).toContain('connection: close');
});

test('who was too slow can read it, and is not waited for again', async () => {
  const socket = connect(ports.hasty, '127.0.0.1').setEncoding('latin1');
  let heard = '';
  socket.on('data', (piece) => (heard += piece)).on('error', () => {});
  const ended = once(socket, 'end');
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: ${json}\r\ncontent-length: ${bodyBytes}\r\n\r\n`,
  );
  const began = performance.now();
  const sending = setInterval(() => socket.write(' '.repeat(1000)), 10);
  await ended;
  clearInterval(sending);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(heard).toContain('HTTP/1.1 408 ');
});

test('headers that are too large are refused to who goes on sending them', async () => {
  const line = `x: ${'a'.repeat(1000)}\r\n`;
  const head = `GET /health HTTP/1.1\r\nhost: a\r\n${line.repeat(2000)}\r\n`;
  expect(await sendThenRead(ports.open, head)).toContain('HTTP/1.1 431 ');
});

describe('with Expect: 100-continue', () => {
  /** What comes on these headers, before any body. */
  async function ask(on: string, path: string, headers: string): Promise<{ socket: Socket; heard: string }> {
    const socket = connect(ports[on], '127.0.0.1').setEncoding('latin1');
    socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\n${headers}\r\nexpect: 100-continue\r\n\r\n`);
    return { socket, heard: (await once(socket, 'data'))[0] };
  }

  test.each([
    [413, 'open', '/predict', `content-type: ${json}\r\ncontent-length: ${bodyBytes + 1}`],
    [413, 'open', infer, `content-type: ${json}\r\ncontent-length: ${bodyBytes + 1}`],
    [413, 'open', '/invocations', `content-type: ${csv}\r\ncontent-length: ${bodyBytes + 1}`],
    [415, 'open', '/predict', 'content-type: application/xml\r\ncontent-length: 2'],
    [404, 'open', '/nothing', `content-type: ${json}\r\ncontent-length: 2`],
    [405, 'open', '/model', `content-type: ${json}\r\ncontent-length: 2`],
    [401, 'locked', '/predict', `content-type: ${csv}\r\ntransfer-encoding: chunked`],
    [429, 'limited', '/predict', `content-type: ${json}\r\ncontent-length: 2`],
  ])('the %i comes at once, on %s %s', async (status, on, path, headers) => {
    const { socket, heard } = await ask(on, path, headers);
    expect(heard.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(heard.toLowerCase()).toContain('connection: close');
    socket.destroy();
  });

  test.each([
    ['/predict', `${json}\r\ncontent-length: ${bodyBytes}`, `{}${' '.repeat(bodyBytes - 2)}`],
    ['/predict', `${csv}\r\ncontent-length: 7`, 'age\n40\n'],
    ['/invocations', `${csv}\r\ncontent-length: 7`, 'age\n40\n'],
  ])('a body that is taken is asked for: %s', async (path, type, body) => {
    const { socket, heard } = await ask('open', path, `content-type: ${type}`);
    expect(heard).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write(body);
    expect((await once(socket, 'data'))[0]).toContain('HTTP/1.1 200 OK');
    socket.destroy();
  });
});
