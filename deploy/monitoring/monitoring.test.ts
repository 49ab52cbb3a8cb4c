import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (name: string) => readFile(join(import.meta.dirname, name), 'utf8');

test.each([
  ['check', 'rules', 'alerts.yml'],
  ['check', 'config', 'prometheus.yml'],
  ['test', 'rules', 'alerts.test.yml'],
  ['test', 'rules', 'inputs.test.yml'],
])('promtool %s %s %s succeeds', (...args) => {
  const { error, status, stdout, stderr } = spawnSync('promtool', args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  if (error && process.env.CI !== 'true') {
    console.log('promtool is not installed: the alerts are not tried (apt install prometheus)');
    return;
  }
  expect(`${stdout}${stderr}`).toContain('SUCCESS');
  expect(status).toBe(0);
});

test('the runbook has a section for each alert, which says what to do, and for nothing else', async () => {
  const alerts = [...(await read('alerts.yml')).matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  const sections = (await read('runbook.md')).split('\n## ').slice(1);
  expect(sections.map((section) => section.split('\n')[0])).toEqual(alerts);
  for (const section of sections) {
    for (const part of ['**Means.**', '**Look at.**', '**Do.**']) expect(section).toContain(part);
  }
  const tried = (await read('alerts.test.yml')) + (await read('inputs.test.yml'));
  for (const name of alerts) {
    expect(await read('alerts.yml')).toContain(`runbook: runbook.md#${name.toLowerCase()}\n`);
    expect(tried).toContain(`alertname: ${name}`);
  }
});
