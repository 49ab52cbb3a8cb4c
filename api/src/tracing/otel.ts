import { FastifyOtelInstrumentation } from '@fastify/otel';
import { DiagLogLevel, diag, propagation, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Serving } from '../serving/index.ts';
import type { SpanProtocol } from './otel-settings.ts';
import { impersonal, modelVersion } from './span.ts';
import { traceOf } from './tracing.ts';

const exporters = { 'http/protobuf': ProtobufExporter, 'http/json': JsonExporter };

/** Polled every second, and not about any request of a client. */
const probes = new Set(['/health', '/health/live', '/health/ready', '/ping', '/metrics']);

/**
 * Sends a span for each request to the collector in the environment; a `traceparent` becomes its parent. The span of a stream ends when
 * the response begins. Call this before all hooks and routes. Import this file only if it is needed: it is large.
 */
export async function addSpans(
  app: FastifyInstance,
  { serving, protocol }: { serving: Serving; protocol: SpanProtocol },
): Promise<void> {
  diag.setLogger(diagnosticsTo(app.log), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'hearth' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(impersonal(new exporters[protocol]()))],
  });
  const instrumentation = new FastifyOtelInstrumentation({
    instrumentHooks: false,
    instrumentHandler: false,
    recordExceptions: false,
    ignorePaths: ({ url }) => probes.has(url),
    requestHook: nameSpan,
  });
  instrumentation.setTracerProvider(provider);
  await app.register(instrumentation.plugin());
  // right before the handler takes the model, so that there is no swap in between
  app.addHook('preHandler', (request, _reply, done) => {
    const { span } = request.opentelemetry();
    if (span && serving.since !== undefined) span.setAttribute(modelVersion, serving.model().version);
    done();
  });
  app.addHook('onClose', () =>
    provider.shutdown().catch((err: unknown) => app.log.warn({ err }, 'the last spans were not sent')),
  );
}

function nameSpan(span: Span, request: FastifyRequest): void {
  const { url: route } = request.routeOptions;
  span.updateName(route === undefined ? request.method : `${request.method} ${route}`);
  if (traceOf(request) !== undefined) return;
  // response and log then name this trace, as they name one that the client began
  const { traceId, spanId, traceFlags } = span.spanContext();
  request.raw.headers.traceparent = `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** An unreachable collector is a warning in the log; the API goes on. */
function diagnosticsTo(log: FastifyBaseLogger) {
  const warn = (message: string, ...details: unknown[]) => log.warn({ details }, `OpenTelemetry: ${message}`);
  return { error: warn, warn, info: warn, debug: warn, verbose: warn };
}
