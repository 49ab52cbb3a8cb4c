import { modelBytes } from '@hearth/artifact/store';
import { type Limits, mapLimits } from '../admission/index.ts';
import { type ModelsSettings, modelsDefaults } from '../models/settings.ts';
import { readSafety, type Safety } from '../safety/index.ts';
import { readSpanProtocol, type SpanProtocol } from '../tracing/otel-settings.ts';
import { assertBasePath } from './base-path.ts';
import { ConfigError } from './config-error.ts';

/** The configuration of the server, read from the environment. */
export interface Config {
  host: string;
  port: number;
  /** Folder with a folder per model. */
  models: string;
  /** Name of the model to serve, where the folder has several. */
  model?: string;
  /** How many other models are kept in memory, and for how long. */
  modelsSettings: ModelsSettings;
  /** Origins whose pages may call the API. */
  corsOrigins: string[];
  logLevel: string;
  /** Seconds for which the server still answers after a stop signal, while it is not ready: gateways need the time to notice. */
  drainSeconds: number;
  /** Seconds from a stop signal until the server ends at the latest. */
  stopSeconds: number;
  limits: Limits;
  safety: Safety;
  /** Separate port for the metrics. */
  metricsPort?: number;
  /** Port of gRPC; absent if there is none. */
  grpcPort?: number;
  /** How spans are sent to a collector; absent if none is configured. */
  spans?: SpanProtocol;
}

/** The port of each entry, unless PORT names another. */
export const ports = { api: 3000, page: 4200 };

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Reads the configuration; every default but those of the entry is here. `/docs` lists what it gives for an empty environment.
 * @throws ConfigError for a value that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv, entry: { port: number; logLevel?: string }): Config {
  assertModelBytes(env);
  assertBasePath();
  return {
    host: env.HOST || '0.0.0.0',
    port: readPort('PORT', env.PORT, entry.port),
    models: env.MODELS || 'models',
    model: env.MODEL || undefined,
    modelsSettings: {
      most: readCount('MODELS_RESIDENT', env.MODELS_RESIDENT, modelsDefaults.most),
      idleSeconds: readLimit('MODELS_IDLE_SECONDS', env.MODELS_IDLE_SECONDS, modelsDefaults.idleSeconds),
    },
    corsOrigins: (env.CORS_ORIGINS ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean)
      .map(readOrigin),
    logLevel: readLevel(env.LOG_LEVEL, entry.logLevel ?? 'info'),
    drainSeconds: readSeconds('DRAIN_SECONDS', env.DRAIN_SECONDS, 0),
    stopSeconds: readSeconds('STOP_SECONDS', env.STOP_SECONDS, 25),
    limits: mapLimits(({ variable, fallback }) => readLimit(variable, env[variable], fallback)),
    safety: readSafety(env),
    metricsPort: env.METRICS_PORT ? readPort('METRICS_PORT', env.METRICS_PORT, 0) : undefined,
    grpcPort: env.GRPC_PORT ? readPort('GRPC_PORT', env.GRPC_PORT, 0) : undefined,
    spans: readSpanProtocol(env),
  };
}

/** Files of models are read in another thread, by the same variable. */
function assertModelBytes(env: NodeJS.ProcessEnv): void {
  try {
    modelBytes(env);
  } catch (cause) {
    throw new ConfigError((cause as Error).message, { cause });
  }
}

function readPort(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new ConfigError(`${name} is "${text}"; it takes a whole number from 0 to 65535`);
}

function readSeconds(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  if (/^\d{1,4}(\.\d+)?$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes seconds, such as 5`);
}

function readLimit(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes a whole number, such as ${fallback}`);
}

function readCount(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new ConfigError(`${name} is "${text}"; it takes a whole number from 0 to 9999`);
}

function readOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text;
  throw new ConfigError(
    `CORS_ORIGINS holds "${text}"; it takes origins such as https://example.org, separated by commas`,
  );
}

function readLevel(text: string | undefined, fallback: string): string {
  if (!text) return fallback;
  if (logLevels.includes(text)) return text;
  throw new ConfigError(`LOG_LEVEL is "${text}"; it takes ${logLevels.join(', ')}`);
}
