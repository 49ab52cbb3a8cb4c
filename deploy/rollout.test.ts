import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hearth-home-'));
});
afterEach(() => rm(home, { recursive: true }));

function rollout(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(join(root, 'deploy/rollout'), args, {
    env: { ...process.env, HEARTH_HOME: home, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test.each([
  [['--bild'], 'unknown option "--bild"'],
  [['--tag'], 'the last option needs a value'],
  [['--deadline', 'soon'], '--deadline needs a number of seconds, such as 300'],
  [['--load', '/nowhere.tar'], '--load needs a readable file'],
  [['--pull', ''], '--pull needs the address of a registry'],
])('%j is wrong usage', (args, reason) => {
  const { status, stderr } = rollout(args);
  expect(status).toBe(2);
  expect(stderr).toContain(reason);
});

test('--help prints the comment at the top of the script', () => {
  const { status, stdout } = rollout(['--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Puts the release/);
  expect(stdout).toContain('Exit codes:');
  expect(stdout).not.toContain('set -euo');
});

test('HEARTH_HOME must not be the folder of the release', () => {
  const { status, stderr } = rollout([], { HEARTH_HOME: root });
  expect(status).toBe(1);
  expect(stderr).toContain('HEARTH_HOME is the folder of the release');
});

test('a second rollout at the same time ends without changing anything', async () => {
  const other = spawn('flock', [join(home, '.rollout.lock'), 'sh', '-c', 'echo held; sleep 60'], {
    detached: true,
  });
  await once(other.stdout, 'data');
  const { status, stderr } = rollout([]);
  process.kill(-(other.pid ?? 0), 'SIGKILL');
  expect(status).toBe(1);
  expect(stderr).toContain('another rollout is running');
});
