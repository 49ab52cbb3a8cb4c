export { addTracing, requestId, traceOf } from './tracing.ts';
