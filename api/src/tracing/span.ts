import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

export const modelVersion = 'hearth.model.version';

/** The only attributes that are sent. The address and error messages are not among them, since they may repeat what a client sent. */
const sent = ['http.request.method', 'http.route', 'http.response.status_code', modelVersion];

/** Wraps an exporter, so that it gets only the parts of each request's span that say nothing about a person. */
export function impersonal(exporter: SpanExporter): SpanExporter {
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
