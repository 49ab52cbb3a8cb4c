export { readSpanProtocol, type SpanProtocol } from './otel-settings.ts';
export { addTracing, requestId, traceOf } from './tracing.ts';
