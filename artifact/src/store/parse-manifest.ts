import * as v from 'valibot';
import { ArtifactError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { formatVersion, Manifest } from '../manifest/manifest.ts';
import { manifestFile, namedFiles, treesFile } from './files.ts';

/** The manifest in the bytes of model.json. @throws ArtifactError 'format' if it is newer than this code, 'manifest' or 'size' */
export function parseManifest(bytes: Uint8Array): Manifest {
  const json = parseJson(bytes, 'manifest', manifestFile);
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > formatVersion) {
    throw new ArtifactError(
      'format',
      `${manifestFile} has format ${format}; this Hearth reads up to ${formatVersion}`,
    );
  }
  // the first fault is enough: a hostile file could have millions
  const result = v.safeParse(Manifest, json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    const at = v.getDotPath(issue) ?? 'as a whole';
    throw new ArtifactError('manifest', `${manifestFile}, ${at}: ${issue.message}`);
  }
  assertFileNames(result.output);
  return result.output;
}

function assertFileNames({ files }: Manifest): void {
  const unknown = Object.keys(files).find((name) => !namedFiles.some((known) => known === name));
  if (unknown !== undefined) {
    throw new ArtifactError('manifest', `${manifestFile} names an unknown file, "${unknown}"`);
  }
  if (!files[treesFile]) throw new ArtifactError('manifest', `${manifestFile} does not name ${treesFile}`);
}
