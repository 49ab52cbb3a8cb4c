import { once } from 'node:events';
import { connect, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultLimits } from '../admission/index.ts';
import { type Handler, handlers } from './calls.ts';
import { framed } from './message-reader.ts';

const log = { info: vi.fn(), error: vi.fn() };
const { unary, stream } = handlers({ log } as unknown as FastifyInstance, defaultLimits);
const anyone = async (): Promise<void> => {};
const never = new AbortController().signal;

let server: Http2Server;
const failures: unknown[] = [];
const fail = (error: unknown) => failures.push(error);
beforeEach(() => {
  failures.length = 0;
  vi.clearAllMocks();
  process.on('unhandledRejection', fail).on('uncaughtException', fail);
});
afterEach(async () => {
  process.off('unhandledRejection', fail).off('uncaughtException', fail);
  await new Promise((resolve) => server.close(resolve));
  expect(failures).toEqual([]);
});

/** Begins a call that is answered so. */
async function call(handle: Handler, headers: Record<string, string> = {}) {
  server = createServer().on('stream', (stream, received) =>
    handle(stream, received, { headers: received, ip: '' }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const stream = session.request({ ':method': 'POST', 'content-type': 'application/grpc', ...headers });
  const received: Record<string, unknown> = {};
  for (const event of ['response', 'trailers']) stream.on(event, (some) => Object.assign(received, some));
  const ended = once(stream.resume(), 'close').then(() => {
    session.close();
    return received['grpc-status'];
  });
  return { stream, ended };
}

const soon = (milliseconds = 30) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const compressed = (bytes: Buffer): Buffer => {
  const message = framed(bytes);
  message[0] = 1;
  return message;
};

test('a message that cannot be unpacked is refused, also if the client goes on', async () => {
  const { stream, ended } = await call(
    unary('any', (bytes) => bytes),
    { 'grpc-encoding': 'snappy' },
  );
  stream.write(compressed(Buffer.from('x')));
  await soon();
  stream.end();
  expect(await ended).toBe('12');
});

test('so are several at once', async () => {
  const handle = stream('any', anyone, (bytes) => bytes, never);
  const { stream: sent, ended } = await call(handle, { 'grpc-encoding': 'deflate' });
  sent.write(Buffer.concat([compressed(Buffer.from('x')), compressed(Buffer.from('y'))]));
  expect(await ended).toBe('13');
  await soon();
});

test('of a stream, the messages before one that is too long are answered', async () => {
  const answer = vi.fn((bytes: Buffer) => bytes);
  const { stream: sent, ended } = await call(stream('any', anyone, answer, never));
  sent.write(Buffer.concat([framed(Buffer.from('x')), Buffer.from([0, 255, 255, 255, 255])]));
  expect(await ended).toBe('8');
  expect(answer).toHaveBeenCalledTimes(1);
});

test('a server that stops answers the message at work, and then ends the stream with UNAVAILABLE', async () => {
  const stopping = new AbortController();
  const answer = vi.fn(async (bytes: Buffer) => {
    stopping.abort();
    return bytes;
  });
  const { stream: sent, ended } = await call(stream('any', anyone, answer, stopping.signal));
  sent.write(Buffer.concat([framed(Buffer.from('x')), framed(Buffer.from('y'))]));
  expect(await ended).toBe('14');
  expect(answer).toHaveBeenCalledTimes(1);
});

test('a call of one message that gets more is refused before it ends, so that they do not fill the memory', async () => {
  const { stream, ended } = await call(unary('any', (bytes) => bytes));
  stream.write(Buffer.concat([framed(Buffer.from('x')), framed(Buffer.from('y'))]));
  expect(await ended).toBe('13');
});

test('a stream whose client reads slowly keeps nothing of the times that it waited', async () => {
  let listeners = 0;
  const handle = stream('any', anyone, () => Buffer.alloc(200_000), never);
  const { stream: sent, ended } = await call((stream, headers, caller) => {
    stream.on('close', () => (listeners = stream.listenerCount('close')));
    handle(stream, headers, caller);
  });
  sent.end(Buffer.concat(Array(30).fill(framed(Buffer.from('x')))));
  expect(await ended).toBe('0');
  expect(listeners).toBeLessThan(10);
});
