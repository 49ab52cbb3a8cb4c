import { execFile, execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, install } from '../testing/installed.ts';
import { predict } from '../testing/predict.ts';
import { buildPackage } from './build.ts';
import { packFolder } from './tarball.ts';

/** What `hearth new` of the package makes, on a real Docker engine with images of this checkout. */
const repository = join(import.meta.dirname, '../..');
const env = {
  ...process.env,
  PATH: `/usr/bin:${process.env.PATH}`, // Debian's client first: a newer one elsewhere may lack the buildx plugin
  COMPOSE_DOCKER_CLI_BUILD: '1',
  DOCKER_BUILDKIT: '1',
};
const run = (file: string, args: string[], cwd: string, more = {}) =>
  promisify(execFile)(file, args, { cwd, env: { ...env, ...more }, maxBuffer: 1 << 26 });

const kinds = 'abcdefg';
/** The rows of tables, with some noise: two classes, seven classes, a number. */
const tables: Record<string, (i: number) => string> = {
  two: (i) => `${i % 20},${i % 7},${i % 20 > (i % 7) * 3 ? 'yes' : 'no'}`,
  seven: (i) => `${i % 35},${i % 11},${kinds[i % 5 === 0 ? (i * 3) % 7 : Math.floor((i % 35) / 5)]}`,
  number: (i) => `${i % 20},${i % 7},${(i % 20) * 2.5 + ((i * 13) % 17) / 3}`,
};
const lines = (name: string, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${tables[name](from + i)}\n`).join('');

let folder: string;
let installed: Installed;
let client: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-new-'));
  const version = await buildPackage(join(folder, 'package'));
  installed = install(packFolder(join(folder, 'package'), folder), join(folder, 'own'));
  await run('deploy/images/build.sh', [version, '--quiet'], repository);
  client = await run('docker', ['compose', 'version'], folder).then(
    () => ['docker', 'compose'],
    () => ['docker-compose'],
  );
}, 900_000);
afterAll(() => rm(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each(Object.keys(tables))(
  'of a table of %s it runs as it is, and a new version is rolled out without a failed request',
  async (name) => {
    const own = join(installed.folder, name);
    await writeFile(join(installed.folder, `${name}.csv`), `x,z,y\n${lines(name, 0, 300)}`);
    await installed.hearth(['new', name, `${name}.csv`, '--target', 'y']);
    const [program, ...first] = client;
    const port = await freePort();
    const compose = (...args: string[]) =>
      run(program, [...first, '--file', 'compose.yml', ...args], own, {
        HEARTH_PORT: String(port),
        COMPOSE_PROJECT_NAME: `hearth-new-${process.pid}-${name}`,
      });
    try {
      await compose('up', '--detach');
      const url = `http://127.0.0.1:${port}`;
      const ask = () => predict(url, { x: 3, z: 2 });
      let answer = await ask().catch(() => undefined);
      for (const until = Date.now() + 120_000; !answer && Date.now() < until; await wait(500))
        answer = await ask().catch(() => undefined);
      expect(answer?.model).toMatchObject({ version: expect.stringMatching(/^1-/) });
      expect((await fetch(url)).headers.get('content-type')).toContain('text/html');

      await appendFile(join(own, `data/${name}.csv`), lines(name, 300, 700));
      let asked = 0;
      const failed: unknown[] = [];
      const versions = new Set<string>();
      let isOver = false;
      const asking = (async () => {
        for (; !isOver; await wait(20)) {
          asked++;
          await ask().then(
            ({ model }) => versions.add((model as { version: string }).version),
            (error) => failed.push(error),
          );
        }
      })();
      await compose('run', '--rm', 'hearth', 'train', '--effort', 'quick');
      await compose('run', '--rm', 'hearth', 'publish');
      await compose('run', '--rm', 'hearth', 'promote', 'latest', '--force', '--reason', 'a trial');
      for (const until = Date.now() + 30_000; versions.size < 2 && Date.now() < until; ) await wait(100);
      isOver = true;
      await asking;
      console.log(`${name}: ${asked} requests, ${failed.length} failed, by ${[...versions].join(' and ')}`);
      expect(failed).toEqual([]);
      expect(versions.size).toBe(2);
    } finally {
      await compose('down', '--volumes').catch((error) => console.error(error.stderr));
      execFileSync('rm', ['-rf', own]);
    }
  },
  600_000,
);
