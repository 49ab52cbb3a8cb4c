import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { HTTPMethods } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;
let port: number;

beforeAll(async () => {
  tiny = await tinyApp();
  port = await listen(tiny.app);
});
afterAll(() => tiny.close());

/** What the server writes until it closes the connection. */
async function send(lines: string[], body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`${[...lines, 'host: a', `content-length: ${body.length}`, '', body].join('\r\n')}`);
  return text(socket);
}

test.each(['TRACE', 'QUERY', 'PROPFIND', 'PUT', 'OPTIONS'])(
  '%s of an address with other methods is 405, also below a percent sign',
  async (method) => {
    for (const path of ['/predict', '/pre%64ict?a=b']) {
      const answer = await send([`${method} ${path} HTTP/1.1`, 'connection: close']);
      expect(answer).toMatch(/^HTTP\/1.1 405 /);
      expect(answer).toMatch(/^allow: POST\r$/m);
    }
  },
);

test.each(['nonsense', 'application/json', 'text/csv', 'a/b; c'])(
  'a POST of the content type %s is refused for its address before its body is judged',
  async (type) => {
    for (const [url, status] of [
      ['/nowhere', 404],
      ['/model', 405],
    ] as const) {
      const headers = { 'content-type': type, 'content-encoding': 'gzip' };
      const { statusCode } = await tiny.app.inject({ method: 'POST', url, headers, payload: '{' });
      expect(statusCode).toBe(status);
    }
  },
);

test('only OPTIONS takes an asterisk instead of an address', async () => {
  const ask = (method: HTTPMethods) => send([`${method} * HTTP/1.1`, 'connection: close']);
  expect(await ask('GET')).toMatch(/^HTTP\/1.1 400 /);
  expect(await ask('OPTIONS')).toMatch(/^HTTP\/1.1 204 /);
});

test('HTTP/1.0 is told to upgrade, and its connection is closed', async () => {
  const answer = await send(
    ['POST /predict HTTP/1.0', 'connection: keep-alive', 'content-type: text/csv'],
    'age\n',
  );
  expect(answer).toMatch(/^HTTP\/1.1 426 /);
  expect(answer).toMatch(/^connection: upgrade, close\r$/m);
});
