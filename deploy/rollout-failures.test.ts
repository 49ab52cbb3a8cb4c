import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const exec = promisify(execFile);
const root = path.join(import.meta.dirname, '..');
const engine = path.join(import.meta.dirname, 'testing/engine');
const before = { 'haproxy.cfg': '# as it was\n', 'start.sh': '# as it was\n' };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hearth-failures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  status: number;
  said: string;
  /** The gateway's configuration in force. */
  gateway: Record<string, string>;
  /** What the engine was told. */
  calls: string[];
  /** Everything in HEARTH_HOME but models. */
  files: string[];
}

const readFolder = (place: string) =>
  Object.fromEntries(
    readdirSync(place, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [[entry.name, readFileSync(path.join(place, entry.name), 'utf8')]] : [],
    ),
  );
const lines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);

/** A rollout of this checkout to a host on which another configuration of the gateway is in force; nothing of it is real but the files. */
async function rollout(
  settings: NodeJS.ProcessEnv,
  place = mkdtempSync(path.join(folder, 'host-')),
): Promise<Ended> {
  const home = path.join(place, 'home');
  mkdirSync(path.join(home, 'deploy/gateway'), { recursive: true });
  for (const [name, text] of Object.entries(before))
    writeFileSync(path.join(home, 'deploy/gateway', name), text);
  writeFileSync(path.join(place, 'pid'), '1');
  const env = {
    ...process.env,
    PATH: `${engine}:${process.env.PATH}`,
    ENGINE: place,
    HEARTH_HOME: home,
    HEARTH_REPLICAS: '1',
    HEARTH_PORT: '80',
    ...settings,
  };
  const { status, said } = await exec(path.join(root, 'deploy/rollout'), [], { env }).then(
    ({ stdout, stderr }) => ({ status: 0, said: stdout + stderr }),
    (error) => ({ status: error.code as number, said: `${error.stdout}${error.stderr}` }),
  );
  return {
    status,
    said,
    gateway: readFolder(path.join(home, 'deploy/gateway')),
    calls: lines(path.join(place, 'calls')),
    files: readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
      (file) => !file.startsWith('models'),
    ),
  };
}

/** Runs these four at a time, as many as it takes until one is not true. */
async function inTurn(run: (n: number) => Promise<boolean>): Promise<number> {
  for (let n = 1; ; n += 4) {
    const more = await Promise.all([n, n + 1, n + 2, n + 3].map(run));
    if (more.includes(false)) return n + more.indexOf(false) - 1;
  }
}

/** What was drained and not started again. */
function stillStopped(calls: string[]): string[] {
  const stopped = new Set<string>();
  for (const call of calls) {
    const ids = call.split(' ').filter((word) => /^(api|web)-1$/.test(word));
    if (call.startsWith('stop ')) for (const id of ids) stopped.add(id);
    if (call.startsWith('start ')) for (const id of ids) stopped.delete(id);
  }
  return [...stopped];
}

test('a rollout brings the configuration of the gateway into force', async () => {
  const { status, said, gateway, files, calls } = await rollout({});
  expect(status, said).toBe(0);
  expect(gateway['haproxy.cfg']).toContain('setenv HEARTH_SLOTS 4');
  expect(gateway['start.sh']).toBe(readFileSync(path.join(root, 'deploy/gateway/start.sh'), 'utf8'));
  expect(files.filter((file) => /\.new$|\.next$|before/.test(file))).toEqual([]);
  const reload = calls.findIndex((call) => call.includes('kill -USR2'));
  expect(calls[reload - 1]).toBe('exec gateway sh /usr/local/etc/haproxy/start.sh -c');
});

test('there are places in the gateway for as many as stand side by side', async () => {
  const { gateway, said } = await rollout({ HEARTH_REPLICAS: '5' });
  expect(gateway['haproxy.cfg'], said).toContain('setenv HEARTH_SLOTS 10');
});

test('whichever copy fails, as on a full disk, the rollout ends with 1 and what was in force is', async () => {
  const copies = await inTurn(async (n) => {
    const { status, said, gateway, files, calls } = await rollout({ FAIL_COPY: String(n) });
    if (status === 0) return false;
    expect(status, said).toBe(1);
    expect(said).toMatch(/FAILED: .* could not be copied to/);
    expect(said).toContain('put back what ran before');
    expect(gateway).toEqual(before);
    expect(files.filter((file) => /\.new$/.test(file))).toEqual([]);
    expect(stillStopped(calls)).toEqual([]);
    return true;
  });
  expect(copies).toBeGreaterThan(4);
}, 60_000);

/** What the engine was asked to do, without the names and settings. */
const kindOf = (call: string) =>
  call
    .replace(/(?:api|web|gateway)-\d+|sha256:\S+|hearth(?:-api|-web)?:\S+|image$/g, 'ID')
    .replace(/(?<=^(?:run|create) .{8}).*/, '');

test('whichever call of the engine fails, either all of the new release serves, or what ran before', async () => {
  const { calls } = await rollout({});
  const kinds = [...new Set(calls.map(kindOf))];
  expect(kinds.length).toBeGreaterThan(20);
  await inTurn(async (n) => {
    const kind = kinds[n - 1];
    if (!kind) return false;
    const { status, said, gateway, ...ended } = await rollout({
      FAIL_CALL: String(calls.findIndex((call) => kindOf(call) === kind) + 1),
    });
    if (status === 1) {
      expect(gateway, said).toEqual(before);
      expect(stillStopped(ended.calls), said).toEqual([]);
      expect(said).toContain('FAILED');
    } else {
      expect([0, 3], said).toContain(status);
      expect(gateway['haproxy.cfg'], said).toContain('setenv HEARTH_SLOTS 4');
    }
    return true;
  });
}, 180_000);

test('putting back is checked too: a configuration that HAProxy does not take is never loaded', async () => {
  // the commit comes to nothing, and the check of what was before says no
  const wrapper = path.join(folder, 'bin');
  mkdirSync(wrapper);
  const script = `#!/bin/sh
case "$*" in
  'exec gateway sh /usr/local/etc/haproxy/start.sh -c')
    if grep -q 'as it was' "$HEARTH_HOME/deploy/gateway/haproxy.cfg"; then echo 'no such configuration' >&2; exit 1; fi ;;
  'stop '*) exit 1 ;;
esac
exec ${engine}/docker "$@"
`;
  writeFileSync(path.join(wrapper, 'docker'), script, { mode: 0o755 });
  const { status, said, gateway, calls, files } = await rollout({
    PATH: `${wrapper}:${engine}:${process.env.PATH}`,
  });
  expect(status).toBe(1);
  expect(said).toContain('no such configuration');
  expect(said).toContain('not all of what ran before is back');
  expect(gateway).toEqual(before);
  expect(calls.filter((call) => call.includes('kill -USR2'))).toHaveLength(1);
  expect(files).toContain('deploy/.gateway-before'); // the next rollout tries again
});

const mayMount = () => process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;

test.runIf(process.platform === 'linux' && mayMount())(
  'too little room ends a rollout before anything is begun',
  async () => {
    const place = path.join(folder, 'small');
    mkdirSync(place);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    try {
      const refused = await rollout({}, place);
      expect(refused.status).toBe(1);
      expect(refused.said).toMatch(/has 0 MiB free and a rollout needs 64; nothing was changed/);
      expect(refused.gateway).toEqual(before);
      expect(refused.calls).toEqual([expect.stringContaining('info')]);

      // where df is wrong about it, the first copy finds out
      const liar = path.join(folder, 'bin');
      mkdirSync(liar);
      writeFileSync(path.join(liar, 'df'), "#!/bin/sh\necho head; echo 'x 1 1 99999999 1'\n", {
        mode: 0o755,
      });
      cpSync(engine, liar, { recursive: true });
      writeFileSync(path.join(place, 'ballast'), Buffer.alloc(700_000));
      const failed = await rollout({ PATH: `${liar}:${process.env.PATH}` }, place);
      expect(failed.status).toBe(1);
      expect(failed.said).toMatch(/No space left on device[\s\S]*could not be copied to/);
      expect(failed.gateway).toEqual(before);
    } finally {
      execFileSync('umount', [place]);
    }
  },
);
