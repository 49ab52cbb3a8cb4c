import { ArtifactError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { formatVersion, Manifest } from '../manifest/manifest.ts';
import { checkVersioned } from '../manifest/versioned.ts';
import { manifestFile, namedFiles, treesFile } from './files.ts';

/** The manifest in the bytes of model.json. @throws ArtifactError 'format' if it is newer than this code, 'manifest' or 'size' */
export function parseManifest(bytes: Uint8Array): Manifest {
  const json = parseJson(bytes, 'manifest', manifestFile);
  const manifest = checkVersioned(json, Manifest, {
    file: manifestFile,
    check: 'manifest',
    newest: formatVersion,
  });
  assertFileNames(manifest);
  return manifest;
}

function assertFileNames({ files }: Manifest): void {
  const unknown = Object.keys(files).find((name) => !namedFiles.some((known) => known === name));
  if (unknown !== undefined) {
    throw new ArtifactError('manifest', `${manifestFile} names an unknown file, "${unknown}"`);
  }
  if (!files[treesFile]) throw new ArtifactError('manifest', `${manifestFile} does not name ${treesFile}`);
}
