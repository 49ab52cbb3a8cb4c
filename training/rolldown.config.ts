import { globSync } from 'node:fs';
import { defineConfig } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/** The threads: each is started from a file beside the command. */
const workers = globSync('src/**/*-worker.ts', { cwd: import.meta.dirname }).sort();

/** The `hearth` command in a few files, for its image, with a list of the packages that are in them (CycloneDX). */
export default defineConfig({
  input: ['src/cli/main.ts', 'src/cli/as-owner.ts', ...workers],
  platform: 'node',
  output: { dir: 'dist', cleanDir: true, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  plugins: [
    sbom({ outDir: 'sbom', outFilename: 'hearth.cdx', saveTimestamp: false, includeWellKnown: false }),
  ],
});
