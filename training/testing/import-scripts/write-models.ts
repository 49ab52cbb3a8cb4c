import { execFileSync } from 'node:child_process';
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
 * Lets the real tools fit models, and our scripts export them into folders of this one. SCRIPT_PYTHONS names the Pythons with versions of
 * scikit-learn, SPARK_PYTHON the one with PySpark (Java is needed); without them, environments are made. R needs ranger, randomForest and gbm.
 * @param names only these, and small
 */
export function writeModels(folder: string, rows: number, names?: typeof recordedNames): void {
  const pythons = process.env.SCRIPT_PYTHONS?.split(':') ?? [
    environment(folder, 'scikit-learn', ['scikit-learn', 'pandas']),
  ];
  const spark =
    process.env.SPARK_PYTHON ??
    environment(folder, 'pyspark', ['pyspark==3.5.7', 'numpy', 'pandas', 'setuptools']);
  for (const [i, python] of pythons.entries())
    run(folder, 'python', `scikit-learn-${i}`, rows, python, 'scikit_learn_models.py', names?.python);
  run(folder, 'r', 'r', rows, 'Rscript', 'models.R', names?.r);
  run(folder, 'spark', 'spark', rows, spark, 'spark_models.py', names?.spark);
}

function environment(folder: string, name: string, packages: readonly string[]): string {
  const place = join(folder, `venv-${name}`);
  execFileSync('python3', ['-m', 'venv', place], { stdio: 'inherit' });
  execFileSync(join(place, 'bin/pip'), ['install', '-q', ...packages], { stdio: 'inherit' });
  return join(place, 'bin/python');
}

function run(
  folder: string,
  script: ScriptName,
  to: string,
  rows: number,
  command: string,
  models: string,
  names: readonly string[] = [],
): void {
  const out = join(folder, to);
  mkdirSync(out, { recursive: true });
  const printed = join(out, script === 'r' ? 'export.R' : 'export.py');
  writeFileSync(printed, scriptOf(script));
  execFileSync(command, [join(here, models), printed, out, String(rows), ...names], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore' },
  });
}
