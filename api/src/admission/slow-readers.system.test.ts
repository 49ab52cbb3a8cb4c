import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';
import { defaultLimits } from './index.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;
let socket: Socket;
afterEach(async () => {
  vi.restoreAllMocks();
  socket.destroy();
  await tiny.close();
});

/** Larger than all buffers between server and client. */
const bytes = 50e6;
const idleSeconds = 1;
/** Milliseconds in which that has to be taken. */
const time = (idleSeconds + bytes / 10_000) * 1000;

/** Asks for a large answer, and takes a little of it every now and then. */
async function readSlowly(answer: () => string | Readable): Promise<void> {
  tiny = await tinyApp({ limits: { ...defaultLimits, idleSeconds } });
  tiny.app.get('/large', async () => answer());
  const port = await listen(tiny.app);
  socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write('GET /large HTTP/1.1\r\nhost: a\r\n\r\n');
  const reading = setInterval(() => socket.read(), 20);
  socket.on('readable', () => {});
  socket.once('close', () => clearInterval(reading));
  await wait(300); // it is looked at every 100 ms
}

/** Puts the clock forward, and gives the server the time to look at it. */
async function later(milliseconds: number): Promise<boolean> {
  const now = performance.now() + milliseconds;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  await wait(250); // it is checked every 100 ms
  vi.restoreAllMocks();
  return socket.destroyed;
}

test('a client that takes an answer too slowly is cut off, and not before its time is over', async () => {
  await readSlowly(() => 'a'.repeat(bytes));
  expect(await later(0.99 * time)).toBe(false);
  expect(await later(1.01 * time)).toBe(true);
});

test('a client that takes one piece after the other is not, however long that takes', async () => {
  await readSlowly(() => Readable.from(Array.from({ length: 1000 }, () => Buffer.alloc(bytes / 1000))));
  const real = performance.now.bind(performance);
  let forward = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => real() + forward);
  for (let i = 0; i < 12; i++) {
    // more than the time for what waits in the buffers
    const read = socket.bytesRead;
    forward += 900;
    await expect.poll(() => socket.bytesRead - read, { timeout: 5000 }).toBeGreaterThan(100_000);
    await wait(110);
  }
  expect(socket.destroyed).toBe(false);
});
