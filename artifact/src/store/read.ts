import { type FileHandle, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { ArtifactError } from '../errors.ts';
import { contentHash, sha256 } from '../identity.ts';
import { formatVersion, Manifest } from '../manifest.ts';
import { createModel, type Model } from '../model.ts';
import { decodeForest } from '../trees.ts';
import { manifestFile, type PackedArtifact, spreadFile, treesFile } from './files.ts';
import { versionName } from './versions.ts';

/** The largest files that are read, in bytes. */
const limits = { [manifestFile]: 16 << 20, [treesFile]: 256 << 20, [spreadFile]: 256 << 20 };

type TreesFile = typeof treesFile | typeof spreadFile;
const treesFiles: readonly TreesFile[] = [treesFile, spreadFile];

/**
 * Loads a version from its folder: sizes first, then the manifest, hashes, the trees, and last the golden rows.
 * @throws ArtifactError naming the check that it did not pass.
 */
export async function readModel(folder: string): Promise<Model> {
  const { manifest, trees } = await readFiles(folder);
  const version = basename(folder);
  assertContent(manifest, trees, version);
  const spread = trees[spreadFile];
  return createModel(
    manifest,
    { forest: decodeForest(trees[treesFile]), ...(spread && { spread: decodeForest(spread) }) },
    version,
  );
}

/** Reads an artifact to publish it, after the checks that `readModel` makes. */
export async function readArtifact(folder: string): Promise<PackedArtifact> {
  await readModel(folder);
  const { json, manifest, trees } = await readFiles(folder);
  return {
    files: { ...trees, [manifestFile]: json },
    manifest,
    sha256: contentHash(manifest, trees[treesFile]),
  };
}

type TreesBytes = { [treesFile]: Buffer; [spreadFile]?: Buffer };

async function readFiles(folder: string): Promise<{ json: Buffer; manifest: Manifest; trees: TreesBytes }> {
  const json = await readBounded(folder, manifestFile);
  const manifest = parseManifest(json);
  const unknown = Object.keys(manifest.files).find((name) => !treesFiles.some((known) => known === name));
  if (unknown !== undefined)
    throw new ArtifactError('manifest', `${manifestFile} names a file that no model has`);
  const trees: TreesBytes = { [treesFile]: await readBounded(folder, treesFile) };
  if (Object.hasOwn(manifest.files, spreadFile)) trees[spreadFile] = await readBounded(folder, spreadFile);
  return { json, manifest, trees };
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

function assertContent(manifest: Manifest, trees: TreesBytes, version: string): void {
  for (const name of treesFiles) {
    const bytes = trees[name];
    if (bytes) assertFile(manifest, name, bytes);
  }
  if (!versionName.test(version)) return;
  const hash = contentHash(manifest, trees[treesFile]);
  if (!version.endsWith(`-${hash.slice(0, 7)}`)) {
    throw new ArtifactError('hash', `the content of ${version} hashes to ${hash.slice(0, 7)}`);
  }
}

function assertFile(manifest: Manifest, name: TreesFile, bytes: Buffer): void {
  const named = manifest.files[name];
  if (!named) throw new ArtifactError('manifest', `${manifestFile} does not name ${name}`);
  if (named.bytes !== bytes.length) {
    throw new ArtifactError('size', `${name} has ${bytes.length} bytes, ${manifestFile} says ${named.bytes}`);
  }
  if (named.sha256 !== sha256(bytes)) {
    throw new ArtifactError('hash', `${name} is not the file that ${manifestFile} was written for`);
  }
}
