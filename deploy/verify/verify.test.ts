import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyApi } from './api.ts';
import { NotYet, within } from './ask.ts';
import { verifyWeb } from './web.ts';

let server: Server;
let url: string;
let models: string;
/** The answer of each path; a number is a status. */
let answers: Record<string, string | number>;

const golden = [
  { row: { age: 54 }, answer: 0.25 },
  { row: {}, answer: 0.5 },
];
const predictions = (first: number, version = '1-a') =>
  JSON.stringify({ predictions: [{ probability: first }, { probability: 0.5 }], model: { version } });

const alone = (probability: number) => JSON.stringify({ probability, model: { version: '1-a' } });

beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'hearth-verify-'));
  await mkdir(join(models, 'tiny/1-a'), { recursive: true });
  await writeFile(join(models, 'tiny/aliases.json'), '{"production":"1-a"}');
  await writeFile(join(models, 'tiny/1-a/model.json'), JSON.stringify({ golden }));
  answers = {
    '/health': '{"model":{"name":"tiny","version":"1-a"}}',
    '/predict': predictions(0.25),
    '{"age":54}': alone(0.25),
    '{}': alone(0.5),
    '/': '<script src="./assets/a.js"></script><link href="/icon.svg"><link href="./model">',
    '/assets/a.js': 'start()',
    '/icon.svg': '<svg/>',
  };
  server = createServer(async (request, reply) => {
    const body = await text(request);
    const answer = (body.startsWith('{') && answers[body]) || (answers[request.url ?? ''] ?? 404);
    if (typeof answer === 'number') return void reply.writeHead(answer).end('no');
    reply.setHeader('content-type', 'text/html').end(answer);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address?.port}/`;
});

afterEach(async () => {
  server.close();
  await rm(models, { recursive: true });
});

test('an instance passes if it answers the golden rows of the version in production', async () => {
  expect(await verifyApi(url, models)).toContain('tiny 1-a, 2 golden rows');
});

test('an answer that is wrong by 1e-9 is a final failure', async () => {
  answers['/predict'] = predictions(0.25 + 1e-9);
  await expect(within(5, () => verifyApi(url, models))).rejects.toThrow(
    /golden row 1 of 1-a with .* instead of 0.25: \{"age":54\}/,
  );
});

test('a wrong answer that only single rows get is a final failure too', async () => {
  answers['{}'] = alone(0.5 + 1e-9);
  await expect(verifyApi(url, models)).rejects.toThrow(/of 1-a with .* instead of 0.5: \{\}/);
});

test.each<[string, Record<string, string | number>, RegExp]>([
  ['is unhealthy', { '/health': 503 }, /health answers 503/],
  ['has no answer', { '/predict': 500 }, /predict answers 500/],
  [
    'serves another version',
    { '/health': '{"model":{"name":"tiny","version":"2-b"},"refusal":{"reason":"it is cut short"}}' },
    /serves version 2-b, not 1-a: it is cut short/,
  ],
  [
    'changes its version during the check',
    { '/predict': predictions(0.25, '2-b') },
    /serves version 2-b, not 1-a/,
  ],
])('an instance that %s is checked again', async (_, changed, reason) => {
  Object.assign(answers, changed);
  const failure = verifyApi(url, models);
  await expect(failure).rejects.toThrow(reason);
  await expect(failure).rejects.toBeInstanceOf(NotYet);
});

test('a check is repeated until its time is over', async () => {
  answers['/health'] = 503;
  setTimeout(() => (answers['/health'] = '{"model":{"name":"tiny","version":"1-a"}}'), 300);
  expect(await within(5, () => verifyApi(url, models))).toContain('1-a');
  answers['/health'] = 503;
  await expect(within(0.3, () => verifyApi(url, models))).rejects.toThrow(/^after 0.3 s: .* answers 503/);
});

test('a page passes only with every file that it loads', async () => {
  expect(await verifyWeb(url)).toContain('the page and 2 files');
  answers['/assets/a.js'] = 404;
  await expect(verifyWeb(url)).rejects.toThrow('/assets/a.js answers 404');
  answers['/'] = '<script>start()</script>';
  await expect(verifyWeb(url)).rejects.toThrow('loads no file');
});

test('a page that differs from the new instance does not pass', async () => {
  answers['/new'] = '<script src="/assets/b.js"></script>';
  await expect(verifyWeb(url, `${url}new`)).rejects.toThrow('another page');
  expect(await verifyWeb(url, url)).toContain('the page');
});
