import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that go together, in one environment. A text that begins with -- is installed after the others, with these options of pip. */
interface Environment {
  name: string;
  packages: readonly string[];
}

const tools: readonly Environment[] = [
  {
    name: 'tools-0',
    packages: [
      'xgboost==3.2.0',
      'lightgbm==4.7.0',
      'catboost==1.2.10',
      'onnxruntime==1.32.0',
      'skl2onnx==1.20.0',
      'onnxmltools==1.16.0',
      'scikit-learn==1.9.1',
      'pandas',
    ],
  },
  {
    name: 'tools-1',
    packages: ['xgboost==1.7.6', 'lightgbm==3.3.5', 'scikit-learn==1.4.2', 'numpy<2', 'scipy<1.14', 'pandas'],
  },
  { name: 'tools-2', packages: ['xgboost==2.1.4', 'numpy<2', 'pandas'] },
  {
    name: 'tools-3',
    // its wheel names Python 3.12, and runs with 3.11
    packages: ['numpy', 'scipy', 'pandas', '--no-deps --ignore-requires-python xgboost==3.4.1'],
  },
  {
    name: 'tools-4',
    packages: ['xgboost==3.2.0', 'lightgbm==4.7.0', 'dask[dataframe,distributed]', 'scikit-learn', 'pandas'],
  },
];
const scikitLearn: readonly Environment[] = [
  { name: 'scikit-learn-0', packages: ['scikit-learn==1.2.2', 'numpy<2', 'scipy<1.13', 'pandas==1.5.3'] },
  { name: 'scikit-learn-1', packages: ['scikit-learn==1.4.2', 'numpy<2', 'pandas==2.1.4'] },
  { name: 'scikit-learn-2', packages: ['scikit-learn==1.9.1', 'pandas'] },
];
const spark: Environment = {
  name: 'spark',
  packages: ['pyspark==3.5.7', 'numpy', 'pandas', 'pyarrow', 'setuptools', 'xgboost==3.2.0', 'scikit-learn'],
};

/** What this machine cannot do: why, in one line. */
export class LeftOut extends Error {}

/** A Python with packages: made at the first call, if it is not there yet. */
export interface PythonSource {
  /** What is in it, for people. */
  about: string;
  /** Seconds that it takes on an idle machine, 0 where it is made already. */
  seconds: number;
  /** @returns the path of the program. @throws LeftOut */
  python(): string;
}

const root = join(import.meta.dirname, '../../../.hearth/venvs');

/**
 * The Pythons with the tools, of old and new versions: those that IMPORT_PYTHONS names, separated by colons, else environments of this
 * repository, which are made once and stay in .hearth/venvs.
 */
export const toolPythons = (): PythonSource[] => named('IMPORT_PYTHONS') ?? tools.map(environment);

/** The one with the current versions. */
export const currentPython = (): string => (named('IMPORT_PYTHONS')?.[0] ?? environment(tools[0])).python();

/** The same with versions of scikit-learn: SCRIPT_PYTHONS. */
export const scriptPythons = (): PythonSource[] => named('SCRIPT_PYTHONS') ?? scikitLearn.map(environment);

/** The one with Spark and XGBoost: SPARK_PYTHON. It needs Java. */
export const sparkPython = (): PythonSource => {
  const source = named('SPARK_PYTHON')?.[0] ?? environment(spark);
  return {
    ...source,
    python() {
      if (!works('java', '-version')) throw new LeftOut('there is no Java (Debian: default-jre-headless)');
      return source.python();
    },
  };
};

/** @throws LeftOut where R, or a package of the models, is not there */
export function rscript(): string {
  const packages = ['ranger', 'randomForest', 'gbm'];
  if (!works('Rscript', '--version')) throw new LeftOut('there is no R (Debian: r-base-core)');
  const missing = packages.filter((each) => !works('Rscript', '-e', `library(${each})`));
  if (missing.length === 0) return 'Rscript';
  const debian = missing.map((each) => `r-cran-${each.toLowerCase()}`).join(' ');
  throw new LeftOut(`R has no ${missing.join(', ')} (Debian: ${debian})`);
}

const named = (variable: string): PythonSource[] | undefined =>
  process.env[variable]?.split(':').map((python) => ({ about: python, seconds: 0, python: () => python }));

const works = (command: string, ...options: string[]): boolean =>
  spawnSync(command, options, { stdio: 'ignore' }).status === 0;

function environment({ name, packages }: Environment): PythonSource {
  const place = join(root, name);
  const python = join(place, 'bin/python');
  const complete = join(place, 'complete');
  const wanted = packages.join('\n');
  const isThere = existsSync(complete) && readFileSync(complete, 'utf8') === wanted;
  const about = packages.map((each) => each.split(' ').at(-1)).filter((each) => each?.includes('=='));
  return {
    about: about.join(', ').replaceAll('==', ' '),
    seconds: isThere ? 0 : 60,
    python() {
      if (existsSync(complete) && readFileSync(complete, 'utf8') === wanted) return python;
      rmSync(place, { recursive: true, force: true });
      install(basePython(), ['-m', 'venv', place]);
      const pip = (...options: string[]) => install(python, ['-m', 'pip', 'install', '-q', ...options]);
      pip(...packages.filter((each) => !each.startsWith('--')));
      for (const each of packages) if (each.startsWith('--')) pip(...each.split(' '));
      writeFileSync(complete, wanted);
      return python;
    },
  };
}

/** A Python for which every tool has a wheel. */
function basePython(): string {
  const isOne = 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in [(3, 11), (3, 12)])';
  const found = ['python3', 'python3.12', 'python3.11'].find((each) => works(each, '-c', isOne));
  if (found) return found;
  throw new LeftOut('there is no Python 3.11 or 3.12 with venv (Debian: python3-venv)');
}

/** Runs a step of an installation. @throws LeftOut with its last line */
function install(command: string, options: readonly string[]): void {
  const { status, stderr, stdout } = spawnSync(command, options, { encoding: 'utf8' });
  if (status === 0) return;
  const last = `${stdout}${stderr}`.trim().split('\n').at(-1);
  throw new LeftOut(`its packages could not be installed: ${last}`);
}
