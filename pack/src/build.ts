import { copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bundlePrograms } from './bundle.ts';
import { bundlePredictor } from './bundle-predictor.ts';

const repository = join(import.meta.dirname, '../..');

/** Files that programs read beside themselves. */
const beside = ['training/src/report/report.css', 'api/src/docs/page.css', 'api/src/docs/page.js'];
/** All that is no TypeScript there: programs print these scripts. */
const scripts = 'training/src/import/scripts';

/** Files of this repository that `hearth new` writes into others. */
const ofNew = ['docker-compose.yml', 'deploy/gateway/haproxy.cfg', 'deploy/gateway/start.sh'];

/** Files that a user copies beside a notebook. */
const notebook = ['hearth.py', 'hearth.R'];

/**
 * Writes the package into a folder, which is replaced: programs in `lib/`, the page in `dist/`, where its server looks for it,
 * `hearth/predictor` in `predictor/`, and the files for notebooks in `notebook/`.
 * The page must have been built. @returns the version
 */
export async function buildPackage(folder: string, name = 'hearth'): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  const lib = join(folder, 'lib');
  await mkdir(lib, { recursive: true });
  await bundlePrograms(lib);
  await bundlePredictor(join(folder, 'predictor'));
  await rename(join(lib, 'LICENSES.txt'), join(folder, 'LICENSES.txt'));
  const printed = (await readdir(join(repository, scripts))).filter((file) => !file.endsWith('.ts'));
  for (const file of [...beside, ...printed.map((name) => `${scripts}/${name}`)])
    await copyFile(join(repository, file), join(lib, basename(file)));
  await cp(join(repository, 'training/src/new/template'), join(lib, 'template'), { recursive: true });
  for (const file of ofNew) await copyFile(join(repository, file), join(lib, 'template', basename(file)));
  await cp(join(repository, 'web/dist'), join(folder, 'dist'), { recursive: true });
  await mkdir(join(folder, 'notebook'));
  for (const file of notebook)
    await copyFile(join(repository, 'notebook', file), join(folder, 'notebook', file));
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
