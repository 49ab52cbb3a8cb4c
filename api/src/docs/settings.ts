import { leastModelBytes } from '@hearth/artifact/store';
import { sagemakerPort } from '../sagemaker/environment.ts';
import { logLevels, ports, readConfig } from '../server/config.ts';
import { defaultProtocol, spanProtocols } from '../tracing/otel-settings.ts';

/** An environment variable, besides those of the limits. */
interface Setting {
  variable: string;
  what: string;
  /** What holds where it is not set. */
  otherwise: string;
}

/** The configuration of a server without settings. */
const { host, models, modelsSettings, logLevel, drainSeconds, stopSeconds, corsOrigins, safety } = readConfig(
  {},
  { port: 0 },
);

const listed = (values: readonly string[]): string => values.join(', ') || 'none';

/** Every setting of the server; an unusable value ends the start with one line that names it. */
export const settings: readonly Setting[] = [
  { variable: 'HOST', what: 'address to listen on', otherwise: host },
  {
    variable: 'PORT',
    what: 'port to listen on',
    otherwise: `${ports.api}; ${ports.page} by npm start, ${sagemakerPort} on SageMaker`,
  },
  { variable: 'MODELS', what: 'folder with a folder per model', otherwise: models },
  {
    variable: 'MODEL',
    what: 'name of the model that answers at /predict, where the folder has several; each answers at /models/NAME/predict',
    otherwise: 'the one that default.json names, else the one promoted first',
  },
  {
    variable: 'MODELS_RESIDENT',
    what: 'most models in memory besides the one at /predict; the one that was not asked for the longest time is dropped, and read again when it is asked; 0: no other model answers',
    otherwise: String(modelsSettings.most),
  },
  {
    variable: 'MODELS_IDLE_SECONDS',
    what: 'seconds without a request after which another model is dropped from memory',
    otherwise: String(modelsSettings.idleSeconds),
  },
  {
    variable: 'MODEL_BYTES',
    what: 'largest trees file of a version that is read, in bytes; also for the hearth command',
    otherwise: String(leastModelBytes),
  },
  { variable: 'LOG_LEVEL', what: `one of ${listed(logLevels)}`, otherwise: logLevel },
  {
    variable: 'CORS_ORIGINS',
    what: 'origins whose pages may call the API, separated by commas',
    otherwise: listed(corsOrigins),
  },
  {
    variable: 'TRUST_PROXY',
    what: 'networks whose X-Forwarded-For, -Host and -Proto, or Forwarded, are trusted: 10.1.0.0/16, loopback, linklocal, uniquelocal',
    otherwise: listed(safety.trustProxy),
  },
  {
    variable: 'BASE_PATH',
    what: 'path below which clients reach the server, such as /hearth; a proxy may pass it on or remove it',
    otherwise: 'none',
  },
  {
    variable: 'RATE_LIMIT',
    what: 'POST requests per minute and client; 0 for no limit',
    otherwise: String(safety.rateLimit),
  },
  {
    variable: 'RATE_LIMIT_EXEMPT',
    what: 'networks whose clients are not limited',
    otherwise: listed(safety.rateLimitExempt),
  },
  {
    variable: 'API_KEYS_FILE',
    what: 'file with the SHA-256 of one key per line; every POST then needs a key',
    otherwise: 'no key is needed',
  },
  {
    variable: 'SHED_AFTER_MS',
    what: 'longest expected wait of a request in milliseconds; a request that would wait longer gets 503; 0 for no limit',
    otherwise: String(safety.shedAfter),
  },
  {
    variable: 'METRICS_PORT',
    what: 'separate port for /metrics',
    otherwise: '/metrics is on the port of the API',
  },
  {
    variable: 'GRPC_PORT',
    what: 'port of the Open Inference Protocol over gRPC, such as 8001',
    otherwise: 'no gRPC',
  },
  {
    variable: 'DRAIN_SECONDS',
    what: 'seconds for which the server still answers after a stop signal, while it reports that it is not ready',
    otherwise: `${drainSeconds}; the container image sets its own`,
  },
  {
    variable: 'STOP_SECONDS',
    what: 'seconds from a stop signal until the server ends, even if requests are still running',
    otherwise: String(stopSeconds),
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    what: 'OpenTelemetry collector that gets a span of each request, by OTLP over HTTP; OTEL_EXPORTER_OTLP_TRACES_ENDPOINT for traces alone',
    otherwise: 'no spans',
  },
  {
    variable: 'OTEL_TRACES_EXPORTER',
    what: 'otlp also uses a collector on this machine when no endpoint is set; none turns spans off, as does OTEL_SDK_DISABLED=true',
    otherwise: 'otlp where an endpoint is set, else none',
  },
  {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    what: `${spanProtocols.join(' or ')}; OTEL_EXPORTER_OTLP_TRACES_PROTOCOL for traces alone. OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, OTEL_BSP_… and the other OTEL_EXPORTER_OTLP_… work as OpenTelemetry defines them`,
    otherwise: defaultProtocol,
  },
];
