import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { haproxy, localConfiguration } from './gateway.ts';
import { gatewayRun } from './gateway-run.ts';

test('a configuration without the lines that name the servers is not taken for the shipped one', () => {
  expect(() => localConfiguration('bind :8080', { outside: 1, health: 2, api: [3] })).toThrow('has no line');
});

test.runIf(haproxy !== undefined || process.env.CI === 'true')(
  'behind the gateway, neither SIGTERM nor kill -9 loses a request',
  async () => {
    execFileSync(haproxy ?? 'haproxy', ['-v']);
    const report = await gatewayRun({ endings: ['SIGTERM', 'SIGKILL'], rate: 200 });
    expect(report.failures).toEqual({});
    expect(report.badExits).toEqual([]);
    expect(report.requests).toBeGreaterThan(1000);
  },
  60_000,
);
