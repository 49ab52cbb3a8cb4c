import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundlePrograms } from './bundle.ts';
import { bundlePredictor } from './bundle-predictor.ts';

const repository = join(import.meta.dirname, '../..');

/** Files that programs read beside themselves. */
const beside = [
  'training/src/report/report.css',
  ...['scikit_learn.py', 'spark.py', 'core.py', 'export.R'].map(
    (name) => `training/src/import/scripts/${name}`,
  ),
  'api/src/docs/page.css',
  'api/src/docs/page.js',
];

/**
 * Writes the package into a folder, which is replaced: programs in `lib/`, the page in `dist/`, where its server looks for it, and
 * `hearth/predictor` in `predictor/`.
 * The page must have been built. @returns the version
 */
export async function buildPackage(folder: string, name = 'hearth'): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const lib = join(folder, 'lib');
  await mkdir(lib, { recursive: true });
  await bundlePrograms(lib);
  await bundlePredictor(join(folder, 'predictor'));
  await rename(join(lib, 'LICENSES.txt'), join(folder, 'LICENSES.txt'));
  for (const file of beside) await copyFile(join(repository, file), join(lib, basename(file)));
  await cp(join(repository, 'web/dist'), join(folder, 'dist'), { recursive: true });
  await copyFile(join(repository, 'LICENSE'), join(folder, 'LICENSE'));
  await copyFile(join(import.meta.dirname, '../README.md'), join(folder, 'README.md'));
  const { version, description, license } = JSON.parse(
    await readFile(join(repository, 'package.json'), 'utf8'),
  );
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    bin: { hearth: 'lib/hearth.mjs' },
    exports: {
      './predictor': { types: './predictor/index.d.ts', default: './predictor/predictor.mjs' },
      './package.json': './package.json',
    },
    engines: { node: '>=20.16' },
    keywords: ['machine learning', 'model serving', 'calibration', 'tabular data', 'mlops'],
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return version;
}
