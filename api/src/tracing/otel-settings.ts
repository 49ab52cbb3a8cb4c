import { ConfigError } from '../server/config-error.ts';

export const spanProtocols = ['http/protobuf', 'http/json'] as const;

/** How spans are sent. The OpenTelemetry SDK itself reads from the environment where to, and how many. */
export type SpanProtocol = (typeof spanProtocols)[number];

export const defaultProtocol: SpanProtocol = 'http/protobuf';

/**
 * Whether an exporter of traces is configured, by OpenTelemetry's own variables
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). Unlike the specification, nothing is sent without
 * an endpoint or `OTEL_TRACES_EXPORTER=otlp`: no data leaves unless somebody asks for it.
 * @throws ConfigError for an exporter or a protocol that is not supported
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
  const given = env[variable] || defaultProtocol;
  const protocol = spanProtocols.find((each) => each === given);
  if (protocol) return protocol;
  throw new ConfigError(`${variable} is "${given}"; it takes ${spanProtocols.join(' or ')}`);
}
