import { FastifyOtelInstrumentation } from '@fastify/otel';
import {
  type Attributes,
  DiagLogLevel,
  diag,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Serving } from '../serving/index.ts';
import type { SpanProtocol } from './otel-settings.ts';
import { traceOf } from './tracing.ts';

const exporters = { 'http/protobuf': ProtobufExporter, 'http/json': JsonExporter };

const modelVersion = 'hearth.model.version';

/** Polled every second, and not about any request of a client. */
const probes = new Set(['/health', '/health/live', '/health/ready', '/ping', '/metrics']);

/**
 * Sends a span for each request to the collector in the environment; a `traceparent` becomes its parent. The span of a stream ends when
 * the response begins. Call this before all hooks and routes. Import this file only if it is needed: it is large.
 */
export async function addSpans(
  app: FastifyInstance,
  { of, protocol }: { of(request: FastifyRequest): Serving | undefined; protocol: SpanProtocol },
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
    const serving = span ? of(request) : undefined;
    if (span && serving?.since !== undefined) span.setAttribute(modelVersion, serving.model().version);
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

/** The only attributes that are sent. The address and error messages are not among them, since they may repeat what a client sent. */
const sent = ['http.request.method', 'http.route', 'http.response.status_code', modelVersion];

/** Wraps an exporter, so that it gets only the parts of each request's span that say nothing about a person. */
function impersonal(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans.filter(({ kind }) => kind === SpanKind.SERVER).map(withoutValues), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** The status follows the semantic conventions for servers: an error of the client is not an error of this service. */
function withoutValues(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = Object.fromEntries(
    sent.filter((name) => name in span.attributes).map((name) => [name, span.attributes[name]]),
  );
  const failed = Number(attributes['http.response.status_code']) >= 500;
  const status = { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET };
  return Object.create(span, {
    attributes: { value: attributes },
    status: { value: status },
    events: { value: [] },
  });
}
