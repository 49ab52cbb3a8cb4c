import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { isolatedDeclarationSync } from 'rolldown/experimental';
import { licences } from './licences.ts';
import { lines } from './lines.ts';

const repository = join(import.meta.dirname, '../..');
const ofPredictor = (file: string): string => join(import.meta.dirname, 'predictor', file);

/** Modules whose imports of others get a stand-in. */
const replaced: Record<string, readonly string[]> = {
  'artifact/src/walk/index.ts': [
    'artifact/src/walk/packed/pack.ts',
    'artifact/src/walk/packed/leaf-adder.ts',
  ],
  'artifact/src/walk/walk-forest.ts': ['artifact/src/walk/packed/packed-walk.ts'],
  'artifact/src/walk/cell-walk.ts': ['artifact/src/walk/tabled/tabling.ts'],
  'artifact/src/checks.ts': [
    'artifact/src/answer/answer-range.ts',
    'artifact/src/manifest/consistency.ts',
    'artifact/src/manifest/description.ts',
  ],
  'artifact/src/columns/similar.ts': ['fastest-levenshtein'],
  'artifact/src/manifest/identity.ts': ['canonicalize'],
  'artifact/src/manifest/manifest.ts': ['artifact/src/manifest/evaluation.ts'],
  'artifact/src/model.ts': ['artifact/src/columns/plain-rows.ts', 'artifact/src/explain/explain-answer.ts'],
};

const pathOf = (file: string): string => relative(repository, file).replaceAll(sep, '/');

const smaller: Plugin = {
  name: 'smaller',
  resolveId(source, importer) {
    if (source === 'node:crypto') return ofPredictor('sha256.ts'); // the hashes of files: see `external`
    const others = importer && replaced[pathOf(importer)];
    if (!others) return undefined;
    const name = source.startsWith('.') ? pathOf(resolve(dirname(importer), source)) : source;
    return others.includes(name) ? ofPredictor('stand-ins.ts') : undefined;
  },
};

const external = (id: string, importer = ''): boolean =>
  id.startsWith('node:') && pathOf(importer) !== 'artifact/src/manifest/identity.ts';

/**
 * `hearth/predictor` into a folder, with its types: `predictor.mjs`, and `explain.mjs`, which it loads for an explanation. Neither imports
 * anything else, also not from Node.
 */
export async function bundlePredictor(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: { predictor: ofPredictor('index.ts') },
    platform: 'browser',
    // Of modules that only readers of folders use, so that nothing of them is left; but hashes are needed.
    external,
    treeshake: { moduleSideEffects: false },
    preserveEntrySignatures: 'allow-extension', // so that both parts are one file each
    plugins: [smaller, licences('LICENSES.txt'), lines],
    checks: { pluginTimings: false },
  });
  await bundle.write({
    dir: folder,
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    minify: true,
    comments: false,
  });
  await bundle.close();
  for (const file of ['index', 'types', 'row-error']) await declare(file, folder);
}

/** Writes the types of a module, whose imports are those of its neighbours. */
async function declare(name: string, folder: string): Promise<void> {
  const file = ofPredictor(`${name}.ts`);
  const { code, errors } = isolatedDeclarationSync(file, await readFile(file, 'utf8'));
  if (errors.length > 0) throw new Error(errors[0].message);
  await writeFile(join(folder, `${name}.d.ts`), code.replaceAll(/(?<=from ".*)\.ts"/g, '.js"'));
}
