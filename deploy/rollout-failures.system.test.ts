import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  before,
  type Ended,
  engine,
  expectWhole,
  newFolder,
  rollout,
  root,
  stillStopped,
} from './testing/rollout.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // a rollout starts some 400 processes: slow on a busy machine

function temporaryFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('a rollout', () => {
  let undisturbed: Ended;
  beforeAll(async () => {
    undisturbed = await rollout({});
  });

  test('puts the configuration of the gateway into force', () => {
    const { status, output, gateway, files, calls } = undisturbed;
    expect(status, output).toBe(0);
    expect(gateway['haproxy.cfg']).toContain('setenv HEARTH_SLOTS 4');
    expect(gateway['start.sh']).toBe(readFileSync(path.join(root, 'deploy/gateway/start.sh'), 'utf8'));
    expect(files.filter((file) => /\.new$|\.next$|before/.test(file))).toEqual([]);
    const reload = calls.findIndex((call) => call.includes('kill -USR2'));
    expect(calls[reload - 1]).toBe('exec gateway sh /usr/local/etc/haproxy/start.sh -c');
  });

  test('changes nothing when a copy fails, as on a full disk, whichever copy it is', async () => {
    const { copies } = undisturbed;
    expect(copies).toBeGreaterThan(4);
    const failCopy = async (_: unknown, i: number) => {
      const { status, output, gateway, files, calls } = await rollout({ FAIL_COPY: String(i + 1) });
      expect(status, output).toBe(1);
      expect(output).toMatch(/FAILED: .* could not be copied to/);
      expect(output).toContain('restored the old release');
      expect(gateway).toEqual(before);
      expect(files.filter((file) => /\.new$/.test(file))).toEqual([]);
      expect(stillStopped(calls)).toEqual([]);
    };
    await Promise.all(Array.from({ length: copies }, failCopy));
  });

  // every other command: rollout-failures.proof.test.ts
  test.concurrent.for([
    ['an image gets its name', 'tag hearth-web:latest hearth-web:latest-next', 1],
    ['the gateway is reloaded', 'exec gateway sh -c kill*', 1],
    ['a new instance is started', 'start web-*', 1],
    ['a new instance enters the pool', 'network connect --alias api *', 1],
    ['an old instance is stopped', 'stop --time 35 web-1', 1],
    ['old containers are removed', 'rm --force api-1 web-1', 0],
  ] as const)(
    'serves one release as a whole when the command fails by which %s',
    async ([, command, status]) => {
      const ended = await expectWhole(command);
      expect(ended.status, ended.output).toBe(status);
    },
  );
});

test('the gateway has a place for each instance while two releases run', async () => {
  const { gateway, output } = await rollout({ HEARTH_REPLICAS: '5' });
  expect(gateway['haproxy.cfg'], output).toContain('setenv HEARTH_SLOTS 10');
});

test('a rollout that is put back never loads a configuration that HAProxy refuses', async () => {
  // the rollout fails, and HAProxy refuses the configuration before it
  const wrapper = temporaryFolder();
  const script = `#!/bin/sh
case "$*" in
  'exec gateway sh /usr/local/etc/haproxy/start.sh -c')
    if grep -q 'before the rollout' "$HEARTH_HOME/deploy/gateway/haproxy.cfg"; then echo 'refused by the test' >&2; exit 1; fi ;;
  'stop '*) exit 1 ;;
esac
exec ${engine}/docker "$@"
`;
  writeFileSync(path.join(wrapper, 'docker'), script, { mode: 0o755 });
  const { status, output, gateway, calls, files } = await rollout({
    PATH: `${wrapper}:${engine}:${process.env.PATH}`,
  });
  expect(status).toBe(1);
  expect(output).toContain('refused by the test');
  expect(output).toContain('the old release is not fully restored');
  expect(gateway).toEqual(before);
  expect(calls.filter((call) => call.includes('kill -USR2'))).toHaveLength(1);
  expect(files).toContain('deploy/.gateway-before'); // the next rollout tries again
});

const mayMount = () => process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;

test.runIf(process.platform === 'linux' && mayMount())(
  'a rollout changes nothing when there is too little space',
  async () => {
    const place = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    try {
      const refused = await rollout({}, place);
      expect(refused.status).toBe(1);
      expect(refused.output).toMatch(/has 0 MiB free and a rollout needs 64; nothing was changed/);
      expect(refused.gateway).toEqual(before);
      expect(refused.calls).toEqual([expect.stringContaining('info')]);

      // where df reports too much, the first copy fails
      const wrong = temporaryFolder();
      writeFileSync(path.join(wrong, 'df'), "#!/bin/sh\necho head; echo 'x 1 1 99999999 1'\n", {
        mode: 0o755,
      });
      cpSync(engine, wrong, { recursive: true });
      writeFileSync(path.join(place, 'ballast'), Buffer.alloc(700_000));
      const failed = await rollout({ PATH: `${wrong}:${process.env.PATH}` }, place);
      expect(failed.status).toBe(1);
      expect(failed.output).toMatch(/No space left on device[\s\S]*could not be copied to/);
      expect(failed.gateway).toEqual(before);
    } finally {
      execFileSync('umount', [place]);
    }
  },
);
