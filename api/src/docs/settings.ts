/** A variable of the environment, besides those of the limits. */
interface Setting {
  variable: string;
  what: string;
  /** What holds where it is not set. */
  otherwise: string;
}

/** Every setting of the server; a value that cannot be used ends its start with a line that names it. */
export const settings: readonly Setting[] = [
  { variable: 'HOST', what: 'address that it listens on', otherwise: '0.0.0.0' },
  {
    variable: 'PORT',
    what: 'port',
    otherwise: '3000 in the container, 4200 by npm start, 8080 on SageMaker',
  },
  { variable: 'MODELS', what: 'folder with a folder per model', otherwise: 'models' },
  {
    variable: 'MODEL',
    what: 'which model, where there are several',
    otherwise: 'the one that default.json names, or the one promoted first',
  },
  { variable: 'LOG_LEVEL', what: 'fatal, error, warn, info, debug, trace or silent', otherwise: 'info' },
  {
    variable: 'CORS_ORIGINS',
    what: 'origins whose pages may call the API, with commas between',
    otherwise: 'none',
  },
  {
    variable: 'TRUST_PROXY',
    what: 'networks whose X-Forwarded-For, -Host and -Proto are believed: 10.1.0.0/16, loopback, linklocal, uniquelocal',
    otherwise: 'none',
  },
  { variable: 'RATE_LIMIT', what: 'POST requests a minute and client; 0 for no limit', otherwise: '6000' },
  {
    variable: 'RATE_LIMIT_EXEMPT',
    what: 'networks whose clients are not limited',
    otherwise: 'loopback, linklocal, uniquelocal',
  },
  {
    variable: 'API_KEYS_FILE',
    what: 'file with the SHA-256 of a key in each line; then whatever is posted needs one',
    otherwise: 'no key is asked for',
  },
  {
    variable: 'SHED_AFTER_MS',
    what: 'milliseconds that a request may have to wait for others; one that would wait longer is refused with 503; 0 to refuse none',
    otherwise: '1000',
  },
  { variable: 'METRICS_PORT', what: 'port for the metrics alone', otherwise: '/metrics beside the API' },
  {
    variable: 'DRAIN_SECONDS',
    what: 'seconds that it goes on serving, not ready any more, after it was told to stop',
    otherwise: '0; 5 in the container',
  },
  { variable: 'STOP_SECONDS', what: 'seconds after which it ends at the latest', otherwise: '25' },
  {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    what: 'OpenTelemetry collector that gets a span of each request, by OTLP over HTTP; OTEL_EXPORTER_OTLP_TRACES_ENDPOINT for traces alone',
    otherwise: 'no spans',
  },
  {
    variable: 'OTEL_TRACES_EXPORTER',
    what: 'otlp, for the collector on this machine too; none for no spans, as has OTEL_SDK_DISABLED=true',
    otherwise: 'otlp where an endpoint is set',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    what: 'http/protobuf or http/json; OTEL_EXPORTER_OTLP_TRACES_PROTOCOL for traces alone. OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, OTEL_BSP_… and the other OTEL_EXPORTER_OTLP_… mean what OpenTelemetry says',
    otherwise: 'http/protobuf',
  },
];
