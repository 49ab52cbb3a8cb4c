import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';
import { originOf } from './host.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;
let port: number;

beforeAll(async () => {
  tiny = await tinyApp();
  port = await listen(tiny.app);
});
afterAll(() => tiny.close());

/** The answer to these lines of a request. */
async function ask(...lines: string[]) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let heard = '';
  socket.on('data', (piece) => (heard += piece));
  socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`, 'latin1');
  await once(socket, 'close');
  const [head, body] = heard.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body };
}

test.each([
  'localhost',
  'localhost:4200',
  'Hearth.Example.org.',
  'api_1:3000',
  'xn--bcher-kva.example',
  '127.0.0.1:80',
  '[::1]',
  '[::1]:123',
  '[::ffff:127.0.0.1]:8080',
  '',
])('the host %j is answered', async (host) => {
  expect((await ask('GET /health HTTP/1.1', `host: ${host}`)).status).toBe(200);
});

test.each([
  `a';id;'`,
  'a b',
  'a, b',
  'a/b',
  'user@a',
  'a:b',
  'a:123456',
  'a:1:2',
  '::1',
  '[::1',
  '[::g]',
  '[1.2.3.4]',
  '<a>',
  'a?b',
  'a#b',
  'a%00',
  'b\u00fccher',
])('the host %j is refused with a problem that does not repeat it', async (host) => {
  const { status, head, body } = await ask('GET /health HTTP/1.1', `host: ${host}`);
  expect(status).toBe(400);
  expect(head).toContain('content-type: application/problem+json');
  expect(head).toContain('x-content-type-options: nosniff');
  expect(JSON.parse(body)).toEqual({
    type: '/docs/problems/bad-request',
    title: 'The request cannot be understood',
    status: 400,
    detail: 'send exactly one Host header, such as hearth.example.org or 127.0.0.1:4200',
  });
});

test('a second Host header is refused, also with the same host, in any case of its name', async () => {
  for (const second of ['host: a', 'Host: b', 'HOST: '])
    expect((await ask('GET /health HTTP/1.1', 'host: a', second)).status).toBe(400);
});

test('HTTP/1.1 without a Host header is refused, and HTTP/1.0 answered', async () => {
  expect((await ask('GET /health HTTP/1.1')).status).toBe(400);
  expect((await ask('GET /health HTTP/1.0')).status).toBe(200);
  const { status, body } = await ask('GET /docs HTTP/1.0');
  expect(status).toBe(200);
  expect(body).toContain(`'http://localhost:${port}/predict'`);
});

test('every route refuses a wrong host, in its own form of errors', async () => {
  for (const path of ['/', '/predict', '/nowhere', '/docs', '/ping', '/metrics'])
    expect((await ask(`GET ${path} HTTP/1.1`, 'host: a b')).status).toBe(400);
  const { status, body } = await ask('GET /v2 HTTP/1.1', 'host: a b');
  expect(status).toBe(400);
  expect(JSON.parse(body)).toEqual({ error: expect.stringContaining('send exactly one Host header') });
});

test('a header that may occur once is not accepted twice', async () => {
  const { status } = await ask(
    'POST /predict HTTP/1.1',
    'host: a',
    'content-type: application/json',
    'content-type: text/csv',
    'content-length: 2',
    'connection: close\r\n\r\n{}',
  );
  expect(status).toBe(415);
});

test.each([
  ['https', 'a.example:8443', 'b', 'https://a.example:8443'],
  ['http', 'a.example', 'b', 'http://a.example'],
  ['gopher', 'a.example', 'b', 'http://a.example'],
  ['https', 'a b', 'c.example', 'https://c.example'],
  ['http', '', '', 'http://localhost:4200'],
  ['https', '<a>', undefined, 'https://localhost:4200'],
])('over %s, the host %j with the Host header %j has the origin %j', (protocol, host, own, origin) => {
  const request = { protocol, host, raw: { headers: { host: own } }, socket: { localPort: 4200 } };
  expect(originOf(request as unknown as FastifyRequest)).toBe(origin);
});
