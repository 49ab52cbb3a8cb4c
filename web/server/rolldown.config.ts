import { defineConfig } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/** The static server as one file for its image, with a software bill of materials (CycloneDX). */
export default defineConfig({
  input: 'server/main.ts',
  platform: 'node',
  output: { dir: 'server/dist', cleanDir: true, entryFileNames: '[name].mjs', codeSplitting: false },
  plugins: [sbom({ outDir: 'sbom', outFilename: 'web.cdx', saveTimestamp: false, includeWellKnown: false })],
});
