import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type CollectedSpan, startCollector } from '../../testing/collector.ts';
import { tinyApp } from '../../testing/serve.ts';

const run = promisify(execFile);
const trace = { id: '0af7651916cd43dd8448eb211c80319c', parent: 'b7ad6b7169203331' };
const server = 2; // SPAN_KIND_SERVER
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeEach(async () => {
  collector = await startCollector();
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await collector.close();
});

type Tiny = Awaited<ReturnType<typeof tinyApp>>;

/** What the collector gets of some requests; all of it has come when the app is closed. */
async function spansOf(
  ask: (app: Tiny['app']) => Promise<void>,
): Promise<{ spans: CollectedSpan[]; version: string }> {
  const tiny = await tinyApp({ spans: 'http/json' });
  await ask(tiny.app);
  await tiny.close();
  return { spans: collector.spans(), version: tiny.version };
}

const attributesOf = ({ attributes }: CollectedSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));

test('each request is a span with its route, its status and the version that answered', async () => {
  const { spans, version } = await spansOf(async (app) => {
    await app.inject({ method: 'POST', url: '/predict?explain=true', payload: { age: 54 } });
    await app.inject(`/v2/models/tiny/versions/0-0000000`);
  });
  expect(spans.map(({ name, kind }) => [name, kind])).toEqual([
    ['POST /predict', server],
    ['GET /v2/models/:name/versions/:version', server],
  ]);
  expect(attributesOf(spans[0])).toEqual({
    'http.request.method': 'POST',
    'http.route': '/predict',
    'http.response.status_code': 200,
    'hearth.model.version': version,
  });
  expect(attributesOf(spans[1])).toMatchObject({ 'http.response.status_code': 404 });
  expect(collector.received[0].path).toBe('/v1/traces');
  expect(collector.serviceName()).toBe('hearth');
});

test('the trace of the client is the parent, unless it is not to be recorded', async () => {
  const { spans } = await spansOf(async (app) => {
    for (const flags of ['01', '00'])
      await app.inject({
        url: '/model',
        headers: { traceparent: `00-${trace.id}-${trace.parent}-${flags}` },
      });
  });
  expect(spans).toHaveLength(1);
  expect(spans[0]).toMatchObject({ traceId: trace.id, parentSpanId: trace.parent });
});

test('a request without a trace begins one, which its answer names', async () => {
  let traceparent = '';
  const { spans } = await spansOf(async (app) => {
    traceparent = String((await app.inject('/model')).headers.traceparent);
  });
  expect(traceparent.split('-')[1]).toBe(spans[0].traceId);
  expect(spans[0].parentSpanId ?? '').toBe('');
});

test('nothing that was sent is in a span, whatever became of the request', async () => {
  const { spans } = await spansOf(async (app) => {
    await app.inject({ method: 'POST', url: '/predict?name=Maria', payload: {} });
    await app.inject({ method: 'POST', url: '/predict', payload: { age: 'Maria' } });
    await app.inject({
      method: 'POST',
      url: '/predict',
      headers: { 'content-type': 'application/json' },
      payload: '{"Maria',
    });
    await app.inject('/Maria/8888?Maria=8888');
    await app.inject('/v2/models/Maria');
    await app.inject('/v2/Maria');
    await app.inject({
      method: 'POST',
      url: '/invocations',
      payload: 'Maria,8888',
      headers: { 'content-type': 'text/csv' },
    });
  });
  expect(spans.map((span) => attributesOf(span)['http.response.status_code'])).toEqual([
    400, 422, 400, 404, 404, 404, 422,
  ]);
  expect(JSON.stringify(spans)).not.toMatch(/Maria|8888/);
});

test('a fault of the server is an error, one of the client is not', async () => {
  const { spans } = await spansOf(async (app) => {
    app.get('/broken', async () => {
      throw new Error('Maria');
    });
    await app.inject('/broken');
    await app.inject('/nowhere');
  });
  expect(spans.map(({ status }) => status.code ?? 0)).toEqual([2, 0]);
  expect(spans[0]).not.toHaveProperty('status.message');
});

test('probes leave no spans', async () => {
  const { spans } = await spansOf(async (app) => {
    for (const url of ['/health', '/health/ready', '/ping', '/metrics', '/model']) await app.inject(url);
  });
  expect(spans.map(({ name }) => name)).toEqual(['GET /model']);
});

test('the format is protobuf unless JSON is asked for', async () => {
  const tiny = await tinyApp({ spans: 'http/protobuf' });
  await tiny.app.inject('/model');
  await tiny.close();
  expect(collector.received.map(({ type }) => type)).toEqual(['application/x-protobuf']);
  expect(collector.received[0].body.includes('GET /model')).toBe(true);
});

test('a collector that cannot be reached holds nothing up', async () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:9');
  vi.stubEnv('OTEL_EXPORTER_OTLP_TIMEOUT', '200');
  const { spans } = await spansOf(async (app) => {
    expect((await app.inject('/model')).statusCode).toBe(200);
  });
  expect(spans).toEqual([]);
});

test.each([
  [undefined, 0],
  ["'http/json'", 1],
])('with spans %s, the SDK is loaded %i times', async (spans, times) => {
  const program = `
    import { createRequire } from 'node:module';
    import { buildApp } from './app.ts';
    const app = await buildApp({ models: '../../models', spans: ${spans} });
    await app.close();
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => /fastify.otel.index/.test(file)).length);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(import.meta.dirname, '..'),
  });
  expect(Number(stdout)).toBe(times);
});
