import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOnnxruntime, type Onnxruntime } from './onnxruntime.ts';
import type { Spec } from './spec.ts';

export type EngineName = 'hearth' | 'ranger' | 'scikit-learn' | 'ml-random-forest' | 'onnxruntime';

/** An engine that grows or walks forests in its own process. */
export interface Engine {
  name: EngineName;
  version: string;
  /** The command of each task, to which the spec is added; none if the engine does not support the task. */
  tasks: Partial<Record<Spec['task'], string[]>>;
}

const here = (file: string) => join(import.meta.dirname, file);
const node = (file: string) => [
  process.execPath,
  '--experimental-strip-types',
  '--disable-warning=ExperimentalWarning',
  here(file),
];

const both = (command: string[]) => ({ grow: command, walk: command });
const rangerVersion = 'cat(format(packageVersion("ranger")), "on R", format(getRversion()))';
const scikitVersion = 'import sklearn, sys; print(sklearn.__version__, "on Python", sys.version.split()[0])';

/**
 * The engines of this machine, and what to install for the missing ones.
 * @param env PATH has R; PYTHON replaces Debian's Python
 */
export function findEngines(
  env: NodeJS.ProcessEnv,
  onnxruntime: () => Onnxruntime = loadOnnxruntime,
): { engines: Engine[]; missing: string[] } {
  const engines: Engine[] = [
    {
      name: 'hearth',
      version: `on Node ${process.versions.node}`,
      tasks: { grow: node('hearth-grow.ts'), walk: node('hearth-walk.ts') },
    },
  ];
  const missing: string[] = [];
  const ranger = answer(env, ['Rscript', '-e', rangerVersion]);
  if (ranger) engines.push({ name: 'ranger', version: ranger, tasks: both(['Rscript', here('ranger.R')]) });
  else missing.push('ranger: R with its package ranger (Debian: r-cran-ranger)');

  const python = env.PYTHON ?? '/usr/bin/python3';
  const scikit = answer(env, [python, '-c', scikitVersion]);
  if (scikit)
    engines.push({ name: 'scikit-learn', version: scikit, tasks: both([python, here('scikit.py')]) });
  else
    missing.push(
      `scikit-learn: ${python} with scikit-learn (Debian: python3-sklearn); PYTHON sets another Python`,
    );

  engines.push({ name: 'ml-random-forest', version: mlForestVersion(), tasks: { grow: node('ml-grow.ts') } });

  try {
    const version = onnxruntime().env.versions.node ?? '';
    engines.push({ name: 'onnxruntime', version, tasks: { walk: node('onnx-walk.ts') } });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    missing.push('onnxruntime: `npm run bench onnx` installs it');
  }
  return { engines, missing };
}

/** The output of a command, or undefined if it is missing or fails. */
function answer(env: NodeJS.ProcessEnv, [command, ...args]: string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { env, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function mlForestVersion(): string {
  const training = new URL(import.meta.resolve('@hearth/training'));
  return JSON.parse(readFileSync(new URL('../package.json', training), 'utf8')).dependencies[
    'ml-random-forest'
  ];
}
