import sbom from 'rollup-plugin-sbom';
import { mergeConfig } from 'vite';
import page from '../vite.config.ts';

/** The build of the page for its image, with a software bill of materials (CycloneDX) that is not served. */
export default mergeConfig(page, {
  plugins: [sbom({ outDir: 'sbom', outFilename: 'page.cdx', saveTimestamp: false, includeWellKnown: false })],
});
