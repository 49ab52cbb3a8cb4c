import { defineConfig } from 'rolldown';
import sbom from 'rollup-plugin-sbom';

/**
 * The API for its image: small, because all of it is parsed at each start; names stay, for the log. With a list of the packages
 * that are in it (CycloneDX).
 */
export default defineConfig({
  input: ['src/main.ts', 'src/serving/load-worker.ts'],
  platform: 'node',
  output: {
    dir: 'dist',
    cleanDir: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    minify: { compress: true, mangle: false, codegen: true },
  },
  plugins: [sbom({ outDir: 'sbom', outFilename: 'api.cdx', saveTimestamp: false, includeWellKnown: false })],
});
