import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScriptName, scriptOf } from '../../src/import/scripts/index.ts';

/** What the tests need of the small models: a kind of split, of step before the model, of sum or of link each. */
export const recordedNames = {
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

/**
 * Lets the real tools fit models, and our scripts export them into folders of this one. R needs ranger, randomForest and gbm.
 * @param names only these, and small
 */
export async function writeModels(
  folder: string,
  rows: number,
  { scripts, spark }: { scripts: readonly string[]; spark: string },
  names?: typeof recordedNames,
): Promise<void> {
  for (const [i, python] of scripts.entries())
    await fit(folder, 'python', `scikit-learn-${i}`, rows, python, 'scikit_learn_models.py', names?.python);
  await fit(folder, 'r', 'r', rows, 'Rscript', 'models.R', names?.r);
  await fit(folder, 'spark', 'spark', rows, spark, 'spark_models.py', names?.spark);
}

async function fit(
  folder: string,
  script: ScriptName,
  to: string,
  rows: number,
  command: string,
  models: string,
  names: readonly string[] = [],
): Promise<void> {
  const out = join(folder, to);
  mkdirSync(out, { recursive: true });
  const printed = join(out, script === 'r' ? 'export.R' : 'export.py');
  writeFileSync(printed, scriptOf(script));
  await run(command, [join(here, models), printed, out, String(rows), ...names]);
}

/** Runs a program whose messages are shown. @throws Error where it fails */
export async function run(command: string, options: readonly string[]): Promise<void> {
  const child = spawn(command, options, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore' },
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${options.join(' ')} ended with ${code}`);
}
