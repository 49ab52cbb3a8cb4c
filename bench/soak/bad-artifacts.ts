import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, contentHash, type Forest, type Manifest, sha256 } from '@hearth/artifact';
import { manifestFile, type PackedArtifact, packArtifact, treesFile } from '@hearth/artifact/store';
import { type GoodModel, goodModel } from './good-models.ts';

/** A kind of bad artifact. */
interface BadArtifact {
  name: string;
  /** The check that must refuse it. */
  check: Check;
  /** Files by name, and other changes of the folder. The hashes are right unless they are the fault. */
  make(good: GoodModel): PackedArtifact;
  spoil?(folder: string): Promise<void>;
}

const withForest = (change: (forest: Forest) => void) => (good: GoodModel) => {
  const forest = structuredClone(good.forest);
  change(forest);
  return packArtifact(good.draft, { forest });
};

const withManifest = (change: (manifest: Manifest) => void) => (good: GoodModel) => {
  const { files, manifest: whole } = good.artifact;
  const manifest = structuredClone(whole);
  change(manifest);
  return packed(manifest, files[treesFile]);
};

const withTrees = (change: (bytes: Uint8Array) => Uint8Array) => (good: GoodModel) => {
  const trees = change(Uint8Array.from(good.artifact.files[treesFile]));
  const files = { [treesFile]: { sha256: sha256(trees), bytes: trees.length } };
  return packed({ ...good.artifact.manifest, files }, trees);
};

/** Keeps the manifest of the complete file. */
const withoutRepair = (change: (bytes: Uint8Array) => Uint8Array) => (good: GoodModel) => {
  const { artifact } = good;
  const trees = change(Uint8Array.from(artifact.files[treesFile]));
  return { ...artifact, files: { ...artifact.files, [treesFile]: trees } };
};

const withText = (text: string) => (good: GoodModel) => ({
  ...good.artifact,
  files: { ...good.artifact.files, [manifestFile]: new TextEncoder().encode(text) },
});

function packed(manifest: Manifest, trees: Uint8Array): PackedArtifact {
  const json = new TextEncoder().encode(JSON.stringify(manifest));
  return {
    files: { [treesFile]: trees, [manifestFile]: json },
    manifest,
    sha256: contentHash(manifest, trees),
  };
}

const unchanged = (good: GoodModel) => good.artifact;

/** Any leaf would do, also one that no golden row reaches: this check comes before the golden rows. */
const overflow = (forest: Forest) => forest.value.fill(1, forest.value.length - 31);

export const badArtifacts: readonly BadArtifact[] = [
  { name: 'no trees', check: 'missing', make: unchanged, spoil: (at) => rm(join(at, treesFile)) },
  { name: 'no manifest', check: 'missing', make: unchanged, spoil: (at) => rm(join(at, manifestFile)) },
  {
    name: 'a link in place of a file',
    check: 'file',
    make: unchanged,
    spoil: async (at) => {
      await rm(join(at, treesFile));
      await symlink('/dev/zero', join(at, treesFile));
    },
  },
  { name: 'truncated', check: 'size', make: withoutRepair((bytes) => bytes.subarray(0, bytes.length >> 1)) },
  {
    name: 'extra bytes',
    check: 'size',
    make: withoutRepair((bytes) => Buffer.concat([bytes, Uint8Array.of(0)])),
  },
  {
    name: 'one bit flipped',
    check: 'hash',
    make: withoutRepair((bytes) => {
      bytes[bytes.length - 1] ^= 1;
      return bytes;
    }),
  },
  {
    name: 'another content than its name',
    check: 'hash',
    make: (good) => ({ ...good.artifact, sha256: '0'.repeat(64) }),
  },
  { name: 'a newer format', check: 'format', make: withText('{"format": 99}') },
  { name: 'a manifest that is not JSON', check: 'manifest', make: withText('{"format": 1, ') },
  {
    name: 'a column that the page cannot show',
    check: 'column',
    make: withManifest(({ columns }) => {
      columns[0].label = { en: ' ' };
    }),
  },
  {
    name: 'a header of 10 GB',
    check: 'trees',
    make: withTrees((bytes) => {
      new DataView(bytes.buffer).setBigUint64(0, 10_000_000_000n, true);
      return bytes;
    }),
  },
  { name: 'an index out of range', check: 'bounds', make: withForest(({ right }) => right.fill(1e9, 0, 1)) },
  {
    name: 'a cycle',
    check: 'cycle',
    make: withForest(({ left, right }) => left.fill(1, 1, 2) && right.fill(1, 1, 2)),
  },
  { name: 'NaN', check: 'finite', make: withForest(({ value }) => value.fill(Number.NaN, 30, 31)) },
  { name: 'a probability above 1', check: 'range', make: withForest(overflow) },
  {
    name: 'a golden row with another answer',
    check: 'golden',
    make: withManifest(({ golden }) => {
      golden[0].answer += 1e-9;
    }),
  },
];

/** Puts a bad artifact into a registry's folder, named like a version. @returns the name */
export async function layDown(bad: BadArtifact, folder: string, number: number): Promise<string> {
  const { files, sha256: hash } = bad.make(goodModel(number));
  const version = `${number}-${hash.slice(0, 7)}`;
  const at = join(folder, version);
  await mkdir(at);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(at, name), bytes);
  await bad.spoil?.(at);
  return version;
}
