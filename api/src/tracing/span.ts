import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

export const modelVersion = 'hearth.model.version';

/** All that leaves. Not among it: the address as it was asked for, and the texts of errors, which may repeat what was sent. */
const told = ['http.request.method', 'http.route', 'http.response.status_code', modelVersion];

/** An exporter to which of each request's span only what says nothing about a person is passed on. */
export function impersonal(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans.filter(({ kind }) => kind === SpanKind.SERVER).map(withoutValues), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** The status is a server's by the semantic conventions: what the client did wrong is no error of this service. */
function withoutValues(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = Object.fromEntries(
    told.filter((name) => name in span.attributes).map((name) => [name, span.attributes[name]]),
  );
  const failed = Number(attributes['http.response.status_code']) >= 500;
  const status = { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET };
  return Object.create(span, {
    attributes: { value: attributes },
    status: { value: status },
    events: { value: [] },
  });
}
