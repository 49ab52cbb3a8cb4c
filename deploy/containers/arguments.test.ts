import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createArguments } from './arguments.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

test.each(['gateway', 'web', 'api'])(
  'deploy/rollout starts %s as docker-compose.yml describes it',
  (service) => {
    const because = 'after a change of docker-compose.yml run: node deploy/containers/write.ts';
    expect(read(`${service}.args`), because).toBe(createArguments(read('../../docker-compose.yml'), service));
  },
);

test('each argument is on its own line, and paths next to docker-compose.yml are under HEARTH_HOME', () => {
  const file = `
x-base: &base { read_only: true, cap_drop: [ALL] }
services:
  api:
    <<: *base
    image: hearth-api
    mem_limit: 512m
    stop_grace_period: 35s
    environment: { A: b c }
    volumes: ["./models:/hearth/models:ro"]
    healthcheck: { test: [CMD, wget, "-q"], interval: 5s }
    command: [serve, now]
`;
  expect(createArguments(file, 'api').trimEnd().split('\n')).toEqual([
    '--read-only',
    '--cap-drop=ALL',
    '--memory=512m',
    '--stop-timeout=35',
    '--env=A=b c',
    `--volume=\${HEARTH_HOME}/models:/hearth/models:ro`,
    '--health-cmd=wget -q',
    '--health-interval=5s',
    '--',
    'serve',
    'now',
  ]);
});

test('an unsupported key is refused', () => {
  expect(() => createArguments('services: { api: { image: x, gpus: all } }', 'api')).toThrow(
    'deploy/containers/arguments.ts does not support "gpus"',
  );
});
