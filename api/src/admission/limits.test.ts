import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, tinyApp } from '../../testing/serve.ts';
import { defaultLimits } from './index.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;
let port: number;

beforeAll(async () => {
  tiny = await tinyApp({
    limits: {
      ...defaultLimits,
      batchRows: 10,
      jsonDepth: 3,
      bodyBytes: 1000,
      headerSeconds: 0.3,
      bodySeconds: 0.3,
      idleSeconds: 20,
    },
  });
  port = await listen(tiny.app);
});
afterAll(() => tiny.close());

/** What the server says to these bytes until it closes the connection. */
async function say(text: string, then: (socket: Socket) => void = () => {}) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.on('error', () => {}); // a connection that is reset ends it too
  let heard = '';
  socket.on('data', (piece) => (heard += piece));
  socket.write(text, 'latin1');
  then(socket);
  await once(socket, 'close');
  const [head, body = ''] = heard.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), type: /content-type: (\S+)/i.exec(head)?.[1], body };
}

/** Ends what it sends as soon as there is an answer. */
const hangUp = (socket: Socket) => socket.once('data', () => socket.end());

const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  tiny.app.inject({
    method: 'POST',
    url: '/predict',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

const head = 'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';

test.each([
  ['garbage', 'hello\r\n\r\n', 400, 'bad-request'],
  ['a header that is none', 'GET / HTTP/1.1\r\nhost a\r\n\r\n', 400, 'bad-request'],
  ['two lengths of a body', `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400, 'bad-request'],
  [
    'a length and chunks',
    `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    400,
    'bad-request',
  ],
  ['a chunk of no size', `${head}transfer-encoding: chunked\r\n\r\nx\r\n`, 400, 'bad-request'],
  [
    'huge headers',
    `GET /health HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers-too-large',
  ],
])('%s gets a problem, not silence', async (_what, text, status, name) => {
  const answer = await say(text);
  expect(answer.status).toBe(status);
  expect(answer.type).toBe('application/problem+json');
  expect(JSON.parse(answer.body)).toMatchObject({ status, type: `/docs/problems/${name}` });
});

test('headers that trickle in are given up', async () => {
  let timer: NodeJS.Timeout | undefined;
  const answer = await say('GET /health HTTP/1.1\r\n', (socket) => {
    timer = setInterval(() => socket.write('x-a: b\r\n'), 100);
  });
  clearInterval(timer);
  expect(answer.status).toBe(408);
  expect(JSON.parse(answer.body).type).toBe('/docs/problems/too-slow');
});

test('a body that trickles in is given up', async () => {
  let timer: NodeJS.Timeout | undefined;
  const answer = await say(`${head}content-length: 500\r\n\r\n{`, (socket) => {
    timer = setInterval(() => socket.write(' '), 50);
  });
  clearInterval(timer);
  expect(answer.status).toBe(408);
  expect(JSON.parse(answer.body).type).toBe('/docs/problems/too-slow');
});

test('a body without a length is refused as soon as it is too large', async () => {
  const answer = await say(`${head}transfer-encoding: chunked\r\n\r\n800\r\n${' '.repeat(2048)}\r\n`, hangUp);
  expect(answer.status).toBe(413);
});

test.each([
  ['a packed body', gzipSync('{}'), { 'content-encoding': 'gzip' }, 415, 'wrong-type'],
  ['another encoding', '{}', { 'content-type': 'application/json; charset=latin1' }, 415, 'wrong-type'],
  ['another encoding of CSV', 'age\n', { 'content-type': 'text/csv; charset="utf-16"' }, 415, 'wrong-type'],
  ['another type', '<age>54</age>', { 'content-type': 'application/xml' }, 415, 'wrong-type'],
  ['a type that is none', '{}', { 'content-type': 'json' }, 415, 'wrong-type'],
  ['too many rows', JSON.stringify(Array(11).fill({})), {}, 413, 'too-many-rows'],
  ['too many bytes', ' '.repeat(1001), {}, 413, 'too-large'],
  ['deep JSON', '[[[[]]]]', {}, 422, 'too-deep'],
  ['a number beyond numbers', '{"age":1e999}', {}, 422, 'invalid-input'],
  ['NaN', '{"age":NaN}', {}, 400, 'not-json'],
  ['a key given twice', '{"age":1,"age":2}', {}, 422, 'invalid-input'],
  [
    'hundreds of unknown columns',
    `{${Array.from({ length: 100 }, (_, i) => `"a${i}":1`)}}`,
    {},
    422,
    'invalid-input',
  ],
] as const)('%s is refused', async (_what, payload, headers, status, name) => {
  const response = await post(payload, headers);
  expect([response.statusCode, response.json().type]).toEqual([status, `/docs/problems/${name}`]);
});

test('what UTF-8 is called does not matter', async () => {
  for (const charset of ['utf-8', 'UTF-8', '"utf8"'])
    expect((await post('{}', { 'content-type': `application/json;charset=${charset}` })).statusCode).toBe(
      200,
    );
});

test('a batch that takes too long is given up, with the time to try again', async () => {
  const busy = await tinyApp({ limits: { ...defaultLimits, answerSeconds: 0.001 } });
  const payload = Array(10_000).fill({ age: 40 });
  const response = await busy.app.inject({ method: 'POST', url: '/predict', payload });
  expect(response.statusCode).toBe(503);
  expect(response.headers['retry-after']).toBe('1');
  expect(response.json().type).toBe('/docs/problems/too-busy');
  await busy.close();
});

test.each([
  ['GET', '/predict', 405, 'POST'],
  ['DELETE', '/model', 405, 'GET, HEAD'],
  ['POST', '/docs/problems/too-slow?a=b', 405, 'GET, HEAD'],
  ['GET', '/nothing', 404, undefined],
  ['PUT', '/nothing', 404, undefined],
] as const)('%s %s is answered %i', async (method, url, status, allow) => {
  const response = await tiny.app.inject({ method, url });
  expect(response.statusCode).toBe(status);
  expect(response.headers.allow).toBe(allow);
  expect(response.headers['content-type']).toContain('application/problem+json');
});

test('an address that cannot be decoded is a problem', async () => {
  const response = await tiny.app.inject('/docs/problems/%E0%A4%A');
  expect(response.statusCode).toBe(400);
  expect(response.json().type).toBe('/docs/problems/bad-request');
});

test('nothing that is sent as a prototype reaches another row', async () => {
  await post('{"__proto__":{"age":99},"constructor":{"prototype":{"age":99}}}');
  const polluted = await post('{"__proto__":{"age":99}}');
  expect(polluted.json().errors).toEqual([
    { pointer: '/__proto__', detail: expect.stringContaining('is not a column') },
  ]);
  expect((await post('{}')).json().probability).toBe(0.5);
});
