import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RolldownPlugin, rolldown } from 'rolldown';
import { licences } from './licences.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The programs of the package: the command, the server of page and API, and the threads of both. */
const programs = {
  hearth: 'training/src/cli/main.ts',
  start: 'api/src/start.ts',
  ...Object.fromEntries(
    globSync('{training,api}/src/**/*-worker.ts', { cwd: repository })
      .sort()
      .map((file) => [basename(file, '.ts'), file]),
  ),
};
const olderNode = 'older-node';

/** All programs into one flat folder, as they look for their threads and files beside them. */
export async function bundlePrograms(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: Object.fromEntries(
      Object.entries({ ...programs, [olderNode]: 'pack/src/older-node.ts' }).map(([name, file]) => [
        name,
        join(repository, file),
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
