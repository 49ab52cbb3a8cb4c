import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildApp } from '../app.ts';
import { requestId } from './tracing.ts';

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
let app: FastifyInstance;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  const logger = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
  app = await buildApp({ models: join(import.meta.dirname, '../../../models'), logger });
});
beforeEach(() => {
  lines = [];
});
afterAll(() => app.close());

const ask = (headers: Record<string, string>) => app.inject({ url: '/health/live', headers });

test('the id of a request is taken over, told, and in the log', async () => {
  const { headers } = await ask({ 'x-request-id': 'gateway:42/a' });
  expect(headers['x-request-id']).toBe('gateway:42/a');
  expect(lines.find(({ msg }) => msg === 'answered')).toMatchObject({ reqId: 'gateway:42/a' });
});

test.each(['', 'a b', 'a\\"b', 'ä', 'x'.repeat(129)])('the id %j is replaced by a new one', async (id) => {
  const { headers } = await ask({ 'x-request-id': id });
  expect(headers['x-request-id']).toMatch(/^[0-9a-f]{24}$/);
  expect((await ask({})).headers['x-request-id']).not.toBe(headers['x-request-id']);
});

test('no id comes twice', () => {
  const ids = Array.from({ length: 1000 }, () => requestId({ headers: {} }));
  expect(new Set(ids).size).toBe(1000);
});

test('a trace is passed on in the answer, also in a problem, and in the log', async () => {
  expect((await ask({ traceparent: trace })).headers.traceparent).toBe(trace);
  expect(lines.find(({ msg }) => msg === 'answered')).toMatchObject({ traceparent: trace });
  const problem = await app.inject({ url: '/nowhere', headers: { traceparent: trace } });
  expect(problem.headers.traceparent).toBe(trace);
});

test.each([
  'nonsense',
  trace.toUpperCase(),
  `ff${trace.slice(2)}`,
  `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`,
])('%s is no trace and not passed on', async (traceparent) => {
  expect((await ask({ traceparent })).headers).not.toHaveProperty('traceparent');
  expect(lines.find(({ msg }) => msg === 'answered')).not.toHaveProperty('traceparent');
});
