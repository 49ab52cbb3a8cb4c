import { fileURLToPath } from 'node:url';
import { type RolldownPlugin, rolldown } from 'rolldown';
import { licences } from './licences.ts';

const inRepository = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** The programs of the package: the command, the server of page and API, and the threads of both. */
const programs = {
  hearth: 'training/src/cli/main.ts',
  'fold-worker': 'training/src/evaluation/fold-worker.ts',
  'forest-worker': 'training/src/grow/forest/forest-worker.ts',
  'boosting-worker': 'training/src/grow/leafwise/boosting-worker.ts',
  'predict-worker': 'training/src/predict/predict-worker.ts',
  start: 'api/src/start.ts',
  'load-worker': 'api/src/serving/load-worker.ts',
};
const olderNode = 'older-node';

/** All programs into one flat folder, as they look for their threads and files beside them. */
export async function bundlePrograms(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(
      Object.entries({ ...programs, [olderNode]: 'pack/src/older-node.ts' }).map(([name, file]) => [
        name,
        inRepository(file),
      ]),
    ),
    platform: 'node',
    external: ['pino-pretty'], // for the terminal of a developer; without it the log is JSON
    plugins: [licences('LICENSES.txt'), withPrelude],
    checks: { pluginTimings: false },
  });
  await bundle.write({
    dir: folder,
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    minify: {
      compress: { keepNames: { function: true, class: true } },
      mangle: { toplevel: true, keepNames: true },
      codegen: true,
    },
  });
  await bundle.close();
}

/** Each entry imports what older versions of Node lack before anything else. */
const withPrelude: RolldownPlugin = {
  name: 'with-prelude',
  banner: ({ isEntry, name }) => (isEntry && name !== olderNode ? `import './${olderNode}.mjs';` : ''),
};
