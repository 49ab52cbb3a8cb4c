import sbom from 'rollup-plugin-sbom';
import { mergeConfig } from 'vite';
import page from '../vite.config.ts';

/** The page as its image carries it: with a list of the packages that are in it (CycloneDX), which is not served. */
export default mergeConfig(page, {
  plugins: [sbom({ outDir: 'sbom', outFilename: 'page.cdx', saveTimestamp: false, includeWellKnown: false })],
});
