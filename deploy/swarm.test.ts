import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const { services } = parse(readFileSync(path.join(import.meta.dirname, 'swarm.yml'), 'utf8'), {
  merge: true,
});
const seconds = (text: string) => Number(/^(\d+)s$/.exec(text)?.[1]);

test.each(['api', 'web'])(
  '%s is replaced one instance at a time, the new one first, and rolled back automatically',
  (name) => {
    const { deploy } = services[name];
    expect(deploy.replicas).toBe(2);
    expect(deploy.update_config).toMatchObject({
      order: 'start-first',
      parallelism: 1,
      failure_action: 'rollback',
    });
    expect(deploy.endpoint_mode).toBe('dnsrr'); // kernels without IPVS have no virtual addresses
  },
);

test.each(['api', 'web'])('%s is monitored for longer than its health check needs to fail', (name) => {
  const { deploy, healthcheck } = services[name];
  const { start_period, retries, interval, timeout } = healthcheck;
  const fails = seconds(start_period) + retries * (seconds(interval) + seconds(timeout));
  expect(seconds(deploy.update_config.monitor)).toBeGreaterThan(fails);
});

test.each(['gateway', 'api', 'web'])('%s has limits of memory, rights and log size', (name) => {
  const service = services[name];
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    logging: { options: { 'max-size': '10m', 'max-file': '3' } },
  });
  expect(service.deploy.resources.limits.memory).toBeDefined();
});

test('the image contains the models: no folder of a host is mounted', () => {
  for (const service of Object.values<{ volumes?: string[] }>(services))
    expect(service.volumes).toBeUndefined();
});
