import { defineConfig } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/** The API in a few files, for its image, with a list of the packages that are in them (CycloneDX). */
export default defineConfig({
  input: ['src/main.ts', 'src/serving/load-worker.ts'],
  platform: 'node',
  output: { dir: 'dist', cleanDir: true, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  plugins: [sbom({ outDir: 'sbom', outFilename: 'api.cdx', saveTimestamp: false, includeWellKnown: false })],
});
