import { defineConfig } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/** The `hearth` command in a few files, for its image, with a list of the packages that are in them (CycloneDX). */
export default defineConfig({
  input: [
    'src/cli/main.ts',
    'src/cli/as-owner.ts',
    'src/grow/forest/forest-worker.ts',
    'src/grow/leafwise/boosting-worker.ts',
    'src/evaluation/fold-worker.ts',
    'src/predict/predict-worker.ts',
  ],
  platform: 'node',
  output: { dir: 'dist', cleanDir: true, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
  plugins: [
    sbom({ outDir: 'sbom', outFilename: 'hearth.cdx', saveTimestamp: false, includeWellKnown: false }),
  ],
});
