import fastify from 'fastify';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { addAnswered } from './answered.ts';
import { logAnswers } from './answered-line.ts';

/** What is logged of a request. */
async function logOf(level: string, headers: Record<string, string>) {
  const lines: string[] = [];
  const logger = pino({ level }, { write: (line: string) => lines.push(line) });
  const app = fastify({ genReqId: () => 'a-1' });
  addAnswered(app);
  logAnswers(app, logger);
  app.get('/things/:name', async () => 'one');
  await app.inject({ url: '/things/secret?x=secret', headers });
  app.logCall?.('b-2', 'ModelInfer', 'NOT_FOUND', 1.5);
  await app.close();
  return { lines, logger };
}

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('the lines of a request and of a call are those that pino would write', async () => {
  const { lines, logger } = await logOf('info', { traceparent });
  const { milliseconds } = JSON.parse(lines[0]);
  const told = {
    reqId: 'a-1',
    method: 'GET',
    route: '/things/:name',
    status: 200,
    traceparent,
    milliseconds,
  };
  logger.info(told, 'answered');
  logger.info({ reqId: 'b-2', grpc: 'ModelInfer', code: 'NOT_FOUND', milliseconds: 1.5 }, 'answered');
  const [request, call, ...pinos] = lines.map((line) => line.replace(/"time":\d+/, '"time":0'));
  expect([request, call]).toEqual(pinos);
});

test('without a trace there is none in it', async () => {
  const { lines } = await logOf('info', {});
  expect(JSON.parse(lines[0])).not.toHaveProperty('traceparent');
});

test('there is no line where only warnings are logged', async () => {
  const { lines } = await logOf('warn', {});
  expect(lines).toEqual([]);
});
