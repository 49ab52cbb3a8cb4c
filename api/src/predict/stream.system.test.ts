import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { publishTiny, until } from '../../testing/models.ts';
import { listen, open, response, tinyApp } from '../../testing/serve.ts';
import { defaultLimits } from '../admission/index.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };
let tiny: Awaited<ReturnType<typeof tinyApp>>;
afterEach(() => tiny.close());

test('a bad line of NDJSON is answered in its place with its number, and the rest goes on', async () => {
  tiny = await tinyApp({ limits: { ...defaultLimits, lineBytes: 100 } });
  const bad = ['{"age":"54"}', 'x', '[{}]', '54', '{"age":1,"age":1}', `{"sex":"${'a'.repeat(100)}"}`];
  const payload = `\n{"age":40,"sex":"male"}\n${bad.join('\n')}\n\n{}`;
  const { body } = await tiny.app.inject({ method: 'POST', url: '/predict', headers: ndjson, payload });
  const answers = body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers[0]).toEqual({
    id: expect.stringMatching(/:0$/),
    probability: 0.5,
    model: { name: 'tiny', version: tiny.version },
  });
  expect(answers.slice(1, -1).map(({ line, status }) => [line, status])).toEqual([
    [3, 422],
    [4, 400],
    [5, 422],
    [6, 422],
    [7, 422],
    [8, 422],
  ]);
  expect(answers[1].errors[0].pointer).toBe('/age');
  expect(answers.at(-1).probability).toBe(0.5);
});

test('answers come while the rest is still being sent, all by the model that the stream began with', async () => {
  tiny = await tinyApp();
  const { app, registry, version } = tiny;
  const request = open(await listen(app), ndjson);
  request.write('{}\n');
  const answers = (await response(request)).setEncoding('utf8')[Symbol.asyncIterator]();
  expect(JSON.parse((await answers.next()).value).model.version).toBe(version);
  const second = await publishTiny(registry, 0.1);
  await registry.promote(second);
  await until(async () => (await app.inject('/health')).json().model.version === second, 5000);
  request.end('{}\n');
  expect(JSON.parse((await answers.next()).value).model.version).toBe(version);
  expect((await answers.next()).done).toBe(true);
});

test('a client that does not read is not read from', async () => {
  tiny = await tinyApp();
  const request = open(await listen(tiny.app), ndjson);
  const lines = '{"age":40}\n'.repeat(10_000);
  const answer = response(request);
  let sent = 0;
  for (; sent < 50e6 && request.write(lines); sent += lines.length);
  let stuck = false;
  while (!stuck && sent < 50e6) {
    stuck = !(await Promise.race([once(request, 'drain'), wait(1000, null)]));
    for (; sent < 50e6 && request.write(lines); sent += lines.length);
  }
  expect(sent).toBeLessThan(50e6);
  (await answer).resume();
  await once(request, 'drain');
  request.destroy();
});

test('an idle stream is reset, and does not end as if it were whole', async () => {
  tiny = await tinyApp({ limits: { ...defaultLimits, idleSeconds: 0.3 } });
  const request = open(await listen(tiny.app), ndjson);
  request.write('{}\n');
  const answers = (await response(request)).setEncoding('utf8')[Symbol.asyncIterator]();
  await answers.next();
  await expect(answers.next()).rejects.toThrow(/aborted|ECONNRESET/);
});

test('a stream that takes too long is reset however busy it is', async () => {
  tiny = await tinyApp({ limits: { ...defaultLimits, streamSeconds: 0.5 } });
  const request = open(await listen(tiny.app), ndjson);
  const sending = setInterval(() => request.write('{}\n'), 20);
  request.on('error', () => clearInterval(sending));
  const reading = (async () => {
    for await (const _ of await response(request));
  })();
  await expect(reading).rejects.toThrow(/aborted|ECONNRESET/);
  clearInterval(sending);
});

test('a failure in the midst of a stream resets it', async () => {
  tiny = await tinyApp();
  const { app } = tiny;
  const port = await listen(app);
  const request = open(port, ndjson);
  request.write('{}\n');
  const answers = (await response(request)).setEncoding('utf8')[Symbol.asyncIterator]();
  await answers.next();
  const stringify = JSON.stringify;
  JSON.stringify = () => {
    throw new Error('no memory left');
  };
  request.write('{"age":"x"}\n');
  await expect(answers.next()).rejects.toThrow(/aborted|ECONNRESET/);
  JSON.stringify = stringify;
  expect((await app.inject({ method: 'POST', url: '/predict', payload: {} })).statusCode).toBe(200);
});

test('a client that goes away in the midst of a stream harms nobody', async () => {
  tiny = await tinyApp();
  const port = await listen(tiny.app);
  for (let i = 0; i < 20; i++) {
    const request = open(port, ndjson);
    request.on('error', () => {});
    request.write('{}\n'.repeat(1000));
    await response(request);
    request.destroy();
  }
  await until(
    async () => (await new Promise((resolve) => tiny.app.server.getConnections((_, n) => resolve(n)))) === 0,
    2000,
  );
  expect((await tiny.app.inject('/health')).statusCode).toBe(200);
});

test('HTTP/1.0, which cannot tell a whole stream from a part, is refused', async () => {
  tiny = await tinyApp();
  const socket = connect(await listen(tiny.app), '127.0.0.1');
  socket.write(
    'POST /predict HTTP/1.0\r\ncontent-type: application/x-ndjson\r\ncontent-length: 3\r\n\r\n{}\n',
  );
  const [answer] = await once(socket.setEncoding('utf8'), 'data');
  expect(answer).toContain('426 Upgrade Required');
  socket.destroy();
});

test('50,000 lines go through whole', async () => {
  tiny = await tinyApp();
  const request = open(await listen(tiny.app), ndjson);
  const count = 50_000;
  void (async () => {
    for (let i = 0; i < count; i += 1000) {
      const lines = Array.from({ length: 1000 }, (_, k) => `{"age":${(i + k) % 101}}\n`).join('');
      if (!request.write(lines)) await once(request, 'drain');
    }
    request.end();
  })();
  let text = '';
  for await (const piece of (await response(request)).setEncoding('utf8')) text += piece;
  const answers = text.trimEnd().split('\n');
  expect(answers).toHaveLength(count);
  answers.forEach((answer, i) => {
    if (!answer.includes(`:${i}","probability":${i % 101 < 50 ? '0.3' : '0.5'}`)) throw new Error(answer);
  });
});
