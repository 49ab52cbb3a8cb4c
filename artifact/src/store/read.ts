import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { ArtifactError } from '../errors.ts';
import { contentHash, sha256 } from '../identity.ts';
import { formatVersion, Manifest } from '../manifest.ts';
import { createModel, type Model } from '../model.ts';
import { decodeForest } from '../trees.ts';
import { manifestFile, type PackedArtifact, treesFile } from './files.ts';
import { versionName } from './versions.ts';

/** The largest files that are read, in bytes. */
const limits = { [manifestFile]: 16 << 20, [treesFile]: 256 << 20 };

/**
 * Loads a version from its folder: sizes first, then the manifest, hashes, the trees, and last the golden rows.
 * @throws ArtifactError naming the check that it did not pass.
 */
export async function readModel(folder: string): Promise<Model> {
  const { manifest, trees } = await readFiles(folder);
  const version = basename(folder);
  assertContent(manifest, trees, version);
  return createModel(manifest, decodeForest(trees), version);
}

/** Reads an artifact to publish it, after the checks that `readModel` makes. */
export async function readArtifact(folder: string): Promise<PackedArtifact> {
  await readModel(folder);
  const { json, manifest, trees } = await readFiles(folder);
  return {
    files: { [treesFile]: trees, [manifestFile]: json },
    manifest,
    sha256: contentHash(manifest, trees),
  };
}

async function readFiles(folder: string): Promise<{ json: Buffer; manifest: Manifest; trees: Buffer }> {
  const json = await readBounded(folder, manifestFile);
  return { json, manifest: parseManifest(json), trees: await readBounded(folder, treesFile) };
}

async function readBounded(folder: string, name: keyof typeof limits): Promise<Buffer> {
  const file = await openFile(folder, name);
  try {
    const { size } = await file.stat();
    if (size > limits[name]) {
      throw new ArtifactError('size', `${name} has ${size} bytes; at most ${limits[name]} are read`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function openFile(folder: string, name: string): Promise<FileHandle> {
  try {
    return await open(join(folder, name));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new ArtifactError('missing', `${basename(folder)} has no ${name}`, { cause });
  }
}

function parseManifest(bytes: Buffer): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new ArtifactError('manifest', `${manifestFile} is not JSON`, { cause });
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > formatVersion) {
    throw new ArtifactError(
      'format',
      `${manifestFile} has format ${format}; this Hearth reads up to ${formatVersion}`,
    );
  }
  const result = v.safeParse(Manifest, json);
  if (!result.success) {
    const [issue] = result.issues;
    throw new ArtifactError(
      'manifest',
      `${manifestFile}, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`,
    );
  }
  return result.output;
}

function assertContent(manifest: Manifest, trees: Buffer, version: string): void {
  const named = manifest.files[treesFile];
  if (!named) throw new ArtifactError('manifest', `${manifestFile} does not name ${treesFile}`);
  if (named.bytes !== trees.length) {
    throw new ArtifactError(
      'size',
      `${treesFile} has ${trees.length} bytes, ${manifestFile} says ${named.bytes}`,
    );
  }
  if (named.sha256 !== sha256(trees)) {
    throw new ArtifactError('hash', `${treesFile} is not the file that ${manifestFile} was written for`);
  }
  if (!versionName.test(version)) return;
  const hash = contentHash(manifest, trees);
  if (!version.endsWith(`-${hash.slice(0, 7)}`)) {
    throw new ArtifactError('hash', `the content of ${version} hashes to ${hash.slice(0, 7)}`);
  }
}
