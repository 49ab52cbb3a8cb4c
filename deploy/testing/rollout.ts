import { execFile } from 'node:child_process';
import {
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
import { expect } from 'vitest';

const exec = promisify(execFile);

export const root = path.join(import.meta.dirname, '../..');
/** A folder with a `docker` for the PATH that starts no containers. */
export const engine = path.join(import.meta.dirname, 'engine');
/** The gateway's configuration on the host before a rollout. */
export const before = { 'haproxy.cfg': '# before the rollout\n', 'start.sh': '# before the rollout\n' };

export interface Ended {
  status: number;
  /** Standard output and standard error. */
  output: string;
  /** The files of the gateway's configuration after the rollout. */
  gateway: Record<string, string>;
  /** The commands that Docker was given. */
  calls: string[];
  /** Whether a command was made to fail. */
  failed: boolean;
  /** How many files were copied. */
  copies: number;
  /** Everything in HEARTH_HOME except models. */
  files: string[];
}

export const newFolder = () => mkdtempSync(path.join(tmpdir(), 'hearth-failures-'));

/** Rolls this checkout out to a host with another gateway configuration. Only the files are real. */
export async function rollout(settings: NodeJS.ProcessEnv, place?: string): Promise<Ended> {
  const host = place ?? newFolder();
  const home = path.join(host, 'home');
  const gateway = path.join(home, 'deploy/gateway');
  mkdirSync(gateway, { recursive: true });
  for (const [name, text] of Object.entries(before)) writeFileSync(path.join(gateway, name), text);
  writeFileSync(path.join(host, 'pid'), '1\n');
  const env = {
    ...process.env,
    PATH: `${engine}:${process.env.PATH}`,
    ENGINE: host,
    HEARTH_HOME: home,
    HEARTH_REPLICAS: '1',
    HEARTH_PORT: '80',
    ...settings,
  };
  const { status, output } = await exec(path.join(root, 'deploy/rollout'), [], { env }).then(
    ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
    (error) => ({ status: error.code as number, output: `${error.stdout}${error.stderr}` }),
  );
  const ended = {
    status,
    output,
    gateway: readFiles(gateway),
    calls: readLines(path.join(host, 'calls')),
    failed: existsSync(path.join(host, 'failed')),
    copies: readLines(path.join(host, 'copies')).length,
    files: readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
      (file) => !file.startsWith('models'),
    ),
  };
  if (!place) rmSync(host, { recursive: true });
  return ended;
}

const readFiles = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [[entry.name, readFileSync(path.join(folder, entry.name), 'utf8')]] : [],
    ),
  );
const readLines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);

/** The pattern of a Docker command for FAIL_CALL, whatever its names and settings. */
export const patternOf = (call: string) =>
  call
    .replace(/(?<=^(?:run|create) .{8}).*/, '*')
    .replace(
      /(?:api|web|gateway)-\d+|sha256:\S+|hearth(?:-api|-web)?:\S+|\S+hearth-failures-\S+|image$/g,
      '*',
    )
    .replace(/[[\]?\\]/g, '\\$&');

/** Runs a rollout in which the first Docker command of this pattern fails: all of the new release must serve, or all of the old one. */
export async function expectWhole(pattern: string): Promise<Ended> {
  const ended = await rollout({ FAIL_CALL: pattern });
  const { status, output, gateway, calls, failed } = ended;
  expect(failed, pattern).toBe(true);
  if (status === 1) {
    expect(gateway, output).toEqual(before);
    expect(stillStopped(calls), output).toEqual([]);
    expect(output).toContain('FAILED');
  } else {
    expect([0, 3], output).toContain(status);
    expect(gateway['haproxy.cfg'], output).toContain('setenv HEARTH_SLOTS 4');
  }
  return ended;
}

/** Instances of the old release that were stopped and not started again. */
export function stillStopped(calls: string[]): string[] {
  const stopped = new Set<string>();
  for (const call of calls) {
    const ids = call.split(' ').filter((word) => /^(api|web)-1$/.test(word));
    if (call.startsWith('stop ')) for (const id of ids) stopped.add(id);
    if (call.startsWith('start ')) for (const id of ids) stopped.delete(id);
  }
  return [...stopped];
}
