import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/** V8 needs twice the memory for source text with any non-ASCII character. In minified code these are all in literals. */
const onlyAscii: Plugin = {
  name: 'only-ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
  },
};

/** Minified, because all of it is read at each start; functions keep their names, for stack traces. */
const bundle = (input: string, name: string, cleanDir: boolean): RolldownOptions => ({
  input,
  platform: 'node',
  external: ['pino-pretty'], // for a terminal; absent from the image, whose log is JSON
  output: {
    dir: 'dist',
    cleanDir,
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    minify: {
      compress: { keepNames: { function: true, class: true } },
      mangle: { toplevel: true, keepNames: true },
      codegen: true,
    },
  },
  plugins: [
    onlyAscii,
    sbom({ outDir: 'sbom', outFilename: name, saveTimestamp: false, includeWellKnown: false }),
  ],
});

/** The API for its image, with a list of its packages (CycloneDX). */
export default defineConfig([
  bundle('src/main.ts', 'api.cdx', true),
  bundle('src/serving/load-worker.ts', 'load-worker.cdx', false), // in one file: its thread starts sooner
]);
