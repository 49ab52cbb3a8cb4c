import { expect, test } from 'vitest';
import { defaultLimits } from '../admission/index.ts';
import { defaultSafety } from '../safety/index.ts';
import { readConfig } from './config.ts';

const defaults = { port: 4200, logLevel: 'info' };

test('without settings the defaults hold', () => {
  expect(readConfig({}, defaults)).toEqual({
    host: '0.0.0.0',
    port: 4200,
    models: 'models',
    model: undefined,
    modelsSettings: { most: 20, idleSeconds: 900 },
    corsOrigins: [],
    logLevel: 'info',
    drainSeconds: 0,
    stopSeconds: 25,
    safety: { ...defaultSafety, shedAfter: 1000 },
    metricsPort: undefined,
    limits: defaultLimits,
  });
});

test('settings are taken from the environment', () => {
  const env = {
    HOST: '127.0.0.1',
    PORT: '80',
    MODELS: '/m',
    MODEL: 'heart',
    MODELS_RESIDENT: '0',
    MODELS_IDLE_SECONDS: '60',
    CORS_ORIGINS: 'https://a.example, http://b.example:81',
    LOG_LEVEL: 'warn',
    DRAIN_SECONDS: '5',
    STOP_SECONDS: '12.5',
    METRICS_PORT: '9100',
    TRUST_PROXY: '10.1.0.0/16, loopback',
    RATE_LIMIT: '60',
    RATE_LIMIT_EXEMPT: '',
    API_KEYS_FILE: '/keys',
    SHED_AFTER_MS: '0',
    BATCH_ROWS: '5',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  };
  expect(readConfig(env, defaults)).toEqual({
    host: '127.0.0.1',
    port: 80,
    models: '/m',
    model: 'heart',
    modelsSettings: { most: 0, idleSeconds: 60 },
    corsOrigins: ['https://a.example', 'http://b.example:81'],
    logLevel: 'warn',
    drainSeconds: 5,
    stopSeconds: 12.5,
    metricsPort: 9100,
    safety: {
      trustProxy: ['10.1.0.0/16', 'loopback'],
      rateLimit: 60,
      rateLimitExempt: [],
      apiKeysFile: '/keys',
      shedAfter: 0,
    },
    limits: { ...defaultLimits, batchRows: 5 },
    spans: 'http/protobuf',
  });
});

test.each([
  [{ PORT: 'http' }, 'PORT is "http"; it takes a whole number from 0 to 65535'],
  [{ PORT: '70000' }, 'PORT is "70000"'],
  [
    { CORS_ORIGINS: 'example.org' },
    'CORS_ORIGINS holds "example.org"; it takes origins such as https://example.org',
  ],
  [{ CORS_ORIGINS: 'https://a.example/' }, 'CORS_ORIGINS holds'],
  [{ DRAIN_SECONDS: '-1' }, 'DRAIN_SECONDS is "-1"; it takes seconds, such as 5'],
  [{ BODY_BYTES: '1MB' }, 'BODY_BYTES is "1MB"; it takes a whole number, such as 1048576'],
  [{ MODEL_BYTES: '1GB' }, 'MODEL_BYTES is "1GB"; it takes a whole number of bytes, at least 536870912'],
  [{ METRICS_PORT: '-1' }, 'METRICS_PORT is "-1"; it takes a whole number from 0 to 65535'],
  [
    { TRUST_PROXY: 'everyone' },
    'TRUST_PROXY holds "everyone"; it takes networks such as 10.1.0.0/16, loopback',
  ],
  [{ RATE_LIMIT_EXEMPT: '10.0.0.0/33' }, 'RATE_LIMIT_EXEMPT holds "10.0.0.0/33"'],
  [{ RATE_LIMIT: 'many' }, 'RATE_LIMIT is "many"; it takes a whole number, 0 for none'],
  [{ MODELS_RESIDENT: 'all' }, 'MODELS_RESIDENT is "all"; it takes a whole number from 0'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; it takes fatal'],
])('%j is refused', (env, reason) => {
  expect(() => readConfig(env, defaults)).toThrow(reason);
});
