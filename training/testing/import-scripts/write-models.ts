import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScriptName, scriptOf } from '../../src/import/scripts/index.ts';

/** What the tests need of the small models: a kind of split, of step before the model, of sum or of link each. */
export const recordedNames: Record<ScriptName, readonly string[]> = {
  python: [
    'hist-categories',
    'forest-missing',
    'boosting-imputed',
    'forest-scaled',
    'logistic-classes',
    'linear',
    'poisson',
  ],
  spark: ['spark-forest', 'spark-gbt', 'spark-logistic'],
  r: ['ranger-partition', 'random-forest-classes', 'gbm-classes', 'glm-contrasts'],
};

const here = import.meta.dirname;
const modelsOf: Record<ScriptName, string> = {
  python: 'scikit_learn_models.py',
  spark: 'spark_models.py',
  r: 'models.R',
};

/**
 * Lets the real tools fit models, and our script export them into a folder.
 * @param command the Python, or Rscript
 * @param names only these, and small
 */
export async function writeExports(
  script: ScriptName,
  command: string,
  folder: string,
  rows: number,
  names: readonly string[] = [],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const printed = join(folder, script === 'r' ? 'export.R' : 'export.py');
  writeFileSync(printed, scriptOf(script));
  await run(command, [join(here, modelsOf[script]), printed, folder, String(rows), ...names]);
}

/** Runs a program. @throws Error with the end of its messages where it fails */
export async function run(command: string, options: readonly string[]): Promise<void> {
  const child = spawn(command, options, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore' },
  });
  let messages = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    messages = (messages + text).slice(-4000);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${options.join(' ')} ended with ${code}\n${messages}`);
}
