import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The tools in the versions that are tried; each set of packages goes together. Python 3.11 or 3.12 has all of them. */
const tools: readonly (readonly string[])[] = [
  [
    'xgboost==3.2.0',
    'lightgbm==4.7.0',
    'catboost==1.2.10',
    'onnxruntime==1.32.0',
    'skl2onnx==1.20.0',
    'onnxmltools==1.16.0',
    'scikit-learn==1.9.1',
    'pandas',
  ],
  ['xgboost==1.7.6', 'lightgbm==3.3.5', 'scikit-learn==1.4.2', 'numpy<2', 'scipy<1.14', 'pandas'],
  ['xgboost==2.1.4', 'numpy<2', 'pandas'],
  // its wheel names Python 3.12, and runs with 3.11
  ['numpy', 'scipy', 'pandas', '--no-deps --ignore-requires-python xgboost==3.4.1'],
  ['xgboost==3.2.0', 'lightgbm==4.7.0', 'dask[dataframe,distributed]', 'scikit-learn', 'pandas'],
];
const scikitLearn: readonly (readonly string[])[] = [
  ['scikit-learn==1.2.2', 'numpy<2', 'scipy<1.13', 'pandas==1.5.3'],
  ['scikit-learn==1.4.2', 'numpy<2', 'pandas==2.1.4'],
  ['scikit-learn==1.9.1', 'pandas'],
];
const spark = [
  'pyspark==3.5.7',
  'numpy',
  'pandas',
  'pyarrow',
  'setuptools',
  'xgboost==3.2.0',
  'scikit-learn',
];

const root = join(import.meta.dirname, '../../../.hearth/venvs');

/**
 * The Pythons with the tools, of old and new versions: those that IMPORT_PYTHONS names, separated by colons, else environments of this
 * repository, which are made once and stay in .hearth/venvs.
 */
export const toolPythons = (): string[] =>
  named('IMPORT_PYTHONS') ?? tools.map((packages, i) => environment(`tools-${i}`, packages));

/** The one with the current versions. */
export const currentPython = (): string => named('IMPORT_PYTHONS')?.[0] ?? environment('tools-0', tools[0]);

/** The same with versions of scikit-learn: SCRIPT_PYTHONS. */
export const scriptPythons = (): string[] =>
  named('SCRIPT_PYTHONS') ?? scikitLearn.map((packages, i) => environment(`scikit-learn-${i}`, packages));

/** The one with Spark and XGBoost: SPARK_PYTHON. It needs Java. */
export const sparkPython = (): string => process.env.SPARK_PYTHON ?? environment('spark', spark);

const named = (variable: string): string[] | undefined => process.env[variable]?.split(':');

function environment(name: string, packages: readonly string[]): string {
  const place = join(root, name);
  const python = join(place, 'bin/python');
  if (existsSync(join(place, 'complete'))) return python;
  rmSync(place, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'venv', place], { stdio: 'inherit' });
  const pip = (...wanted: string[]) =>
    execFileSync(join(place, 'bin/pip'), ['install', '-q', ...wanted], { stdio: 'inherit' });
  pip(...packages.filter((each) => !each.startsWith('--')));
  for (const each of packages) if (each.startsWith('--')) pip(...each.split(' '));
  execFileSync('touch', [join(place, 'complete')]);
  return python;
}
