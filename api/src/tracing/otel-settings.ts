import { ConfigError } from '../server/config-error.ts';

/** How spans leave; where to, and how many, the OpenTelemetry SDK reads from the environment itself. */
export type SpanProtocol = 'http/protobuf' | 'http/json';

/**
 * Whether an exporter of traces is configured, by OpenTelemetry's own variables
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). Without an endpoint or
 * `OTEL_TRACES_EXPORTER=otlp` there is none, other than the specification has it: nobody is sent anything unasked.
 * @throws ConfigError for what is not spoken here
 */
export function readSpanProtocol(env: NodeJS.ProcessEnv): SpanProtocol | undefined {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return undefined;
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = env.OTEL_TRACES_EXPORTER || (endpoint ? 'otlp' : 'none');
  if (exporter === 'none') return undefined;
  if (exporter !== 'otlp')
    throw new ConfigError(`OTEL_TRACES_EXPORTER is "${exporter}"; it takes otlp or none`);
  const variable = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL
    ? 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'
    : 'OTEL_EXPORTER_OTLP_PROTOCOL';
  const protocol = env[variable] || 'http/protobuf';
  if (protocol === 'http/protobuf' || protocol === 'http/json') return protocol;
  throw new ConfigError(`${variable} is "${protocol}"; it takes http/protobuf or http/json`);
}
