import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Spec } from './prepare.ts';

/** What an engine's process prints. */
export interface Ran {
  version: string;
  /** To fit, of each fold held out. */
  seconds: number[];
  /** The same in seconds of processor time. */
  cpu: number[];
  /** The most memory of the process, in kB; null if it is not known. */
  peak: number | null;
  /** The learner or the settings that were chosen, of each fold. */
  notes: string[];
  /** The commit of this repository. */
  commit?: string;
}

export interface Failed {
  failed: string;
}

export interface Engine {
  name: string;
  command: string[];
  /** More arguments, after the folder of the table. */
  arguments: string[];
  /** Of larger tables it takes too long. */
  takes?(spec: Spec): boolean;
}

interface Wish {
  effort: string;
  /** Seconds for each fold to tune the boosters beside their defaults; 0 for none. */
  tuning: number;
}

/** For every engine as many as Hearth uses. */
export const threads = availableParallelism();

const here = import.meta.dirname;
const node = [process.execPath, '--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const python = process.env.PYTHON ?? '/usr/bin/python3';
const boosters = ['CatBoost', 'LightGBM', 'XGBoost', 'HistGradientBoosting'];
export const hearth = 'Hearth';
const mostRowsOfEbm = 1000;
const mostSeconds = 1800;

/** Hearth, and the other engines that this machine has. */
export function findEngines({ effort, tuning }: Wish): { engines: Engine[]; missing: string[] } {
  const versions = versionsOfPython();
  const inPython = (name: string, more: string[] = []): Engine => ({
    name: more.length > 0 ? `${name}-tuned` : name,
    command: [python, join(here, 'peers.py')],
    arguments: [name, String(threads), ...more],
    ...(name === 'EBM' && { takes: ({ rows }) => rows <= mostRowsOfEbm }),
  });
  const found = Object.entries(versions).flatMap(([name, version]) => (version ? [name] : []));
  const hasRanger =
    spawnSync('Rscript', ['-e', 'library(ranger); library(jsonlite); library(data.table)']).status === 0;
  return {
    engines: [
      { name: hearth, command: [...node, join(here, 'hearth.ts')], arguments: [effort] },
      ...found.map((name) => inPython(name)),
      ...(hasRanger
        ? [{ name: 'ranger', command: ['Rscript', join(here, 'ranger.R')], arguments: [String(threads)] }]
        : []),
      ...(tuning > 0
        ? found.filter((name) => boosters.includes(name)).map((name) => inPython(name, [String(tuning)]))
        : []),
    ],
    missing: [
      ...(Object.keys(versions).length === 0 ? ['the engines of Python'] : []),
      ...Object.keys(versions).filter((name) => !found.includes(name)),
      ...(hasRanger ? [] : ['ranger']),
    ],
  };
}

/** The versions of the engines of Python, null for one that is not installed. */
function versionsOfPython(): Record<string, string | null> {
  const { status, stdout, stderr } = spawnSync(python, [join(here, 'peers.py'), 'versions'], {
    encoding: 'utf8',
  });
  if (status === 0) return JSON.parse(stdout);
  console.error(
    `no engines of Python: ${stderr.trim().split('\n').at(-1)}; PYTHON names a Python that has them`,
  );
  return {};
}

const resultFile = (folder: string, { name }: Engine) => join(folder, `${name}.json`);
export const isDone = (folder: string, engine: Engine): boolean => existsSync(resultFile(folder, engine));

/** Runs an engine on a table in a process of its own, unless an earlier run of this bench did. */
export function runEngine(folder: string, engine: Engine, commit: string): Ran | Failed {
  const file = resultFile(folder, engine);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const [program, ...words] = engine.command;
  const run = (): Ran | Failed => {
    try {
      const printed = execFileSync(program, [...words, folder, ...engine.arguments], {
        encoding: 'utf8',
        timeout: mostSeconds * 1000,
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, OMP_NUM_THREADS: String(threads) },
      });
      return { ...JSON.parse(printed.trim().split('\n').at(-1) ?? ''), commit };
    } catch (error) {
      return { failed: failureOf(error as Error) };
    }
  };
  const ran = run();
  writeFileSync(file, JSON.stringify(ran));
  return ran;
}

/** Why an engine's process failed, in one line. */
export function failureOf({ code, stderr, message }: Error & { code?: string; stderr?: string }): string {
  // what it says last is its progress
  if (code === 'ETIMEDOUT') return `it took more than ${mostSeconds / 60} minutes`;
  return (stderr?.trim() || message.trim()).split('\n').at(-1) ?? message;
}

/** The predictions of an engine; [shares][rows held out][outputs], fold after fold. */
export function readPredictions(folder: string, { name }: Engine): Float64Array {
  const bytes = readFileSync(join(folder, `${name}.f64`));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
