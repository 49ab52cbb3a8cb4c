import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAnswer } from '@hearth/artifact';
import {
  bareArtifact,
  tinyArtifact,
  tinyArtifactWithInterval,
  tinyDraft,
  tinyForest,
} from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { assembleModel, checkFiles } from './assemble.ts';
import type { FilesBytes } from './files.ts';
import { parseManifest } from './parse-manifest.ts';
import { readArtifact, readChecked, readManifest, readModel, readWhole } from './read.ts';
import { packArtifact, writeArtifact } from './write.ts';

let folder: string;
let at: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-read-'));
  at = join(folder, 'artifact');
});
afterEach(() => rm(folder, { recursive: true }));

const tiny = tinyArtifact();
const both = tinyArtifactWithInterval();
const treesOf = ({ files }: typeof tiny): FilesBytes => {
  const { 'model.json': _, ...trees } = files;
  return trees;
};

test('an artifact is read as it was written', async () => {
  for (const artifact of [tiny, both]) {
    await writeArtifact(artifact, at);
    const read = await readArtifact(at);
    expect(read.sha256).toBe(artifact.sha256);
    expect(read.manifest).toEqual(artifact.manifest);
    expect(Object.keys(read.files).sort()).toEqual(Object.keys(artifact.files).sort());
    for (const [name, bytes] of Object.entries(artifact.files))
      expect(Buffer.compare(read.files[name], bytes)).toBe(0);
    const { manifest, trees, packed } = await readChecked(at);
    expect(manifest).toEqual(artifact.manifest);
    expect(trees.spread === undefined).toBe(artifact === tiny);
    expect(packed).toBeDefined();
    expect((await readWhole(at)).manifest).toEqual(artifact.manifest);
    expect(await readManifest(at)).toEqual(artifact.manifest);
    expect((await readModel(at)).version).toBe('artifact');
    expect((await readModel(at, 'x')).version).toBe('x');
    await rm(at, { recursive: true });
  }
});

/** The tiny model in format 2, whose out-of-fold predictions are a file of their own. */
const outOfFold = [
  { row: '0123456789abcdef', target: 1, prediction: 0.75, subgroups: [1] },
  { row: 'fedcba9876543210', target: 0, prediction: 0.25, subgroups: [0, 1] },
];
const separate = tinyArtifact((draft) => {
  draft.format = 2;
  if (draft.evaluation.kind !== 'chance') throw new TypeError('the tiny model is of a chance');
  const scores = draft.evaluation.model;
  draft.evaluation.outOfFold = outOfFold;
  draft.evaluation.subgroups = ['women', 'men'].map((en) => ({
    column: 'sex',
    label: { en, 'pt-BR': en },
    rows: 1,
    positives: 1,
    scores,
  }));
});

test('out-of-fold predictions of format 2 are in a file of their own, and come back with the model', async () => {
  const name = 'out-of-fold.safetensors';
  const written = JSON.parse(new TextDecoder().decode(separate.files['model.json']));
  expect(written.evaluation.outOfFold).toEqual({ rows: 2, of: 2, seed: 1 });
  await writeArtifact(separate, at);
  expect((await readModel(at)).manifest.evaluation?.outOfFold).toEqual(outOfFold);
  expect((await readChecked(at)).manifest.evaluation?.outOfFold).toEqual([]);
  await rm(join(at, name));
  expect((await readChecked(at)).manifest.format).toBe(2);
  for (const read of [readModel, readWhole])
    await expect(read(at)).rejects.toThrow(`missing check: artifact has no ${name}`);
  const { [name]: _, ...others } = treesOf(separate);
  expect(() => assembleModel(separate.files['model.json'], others, 'x')).toThrow(
    `missing check: there is no ${name}`,
  );
});

test('only trees of format 2 can have a linear part', async () => {
  const linear = {
    coefficient: Float64Array.of(0.001, 0),
    missing: new Float64Array(2),
    mean: new Float64Array(2),
  };
  const trees = { forest: tinyForest(), linear };
  const { files: _, ...draft } = bareArtifact().manifest;
  const golden = draft.golden.map(({ row }) => ({ row, ...readAnswer(draft, trees)(row) }));
  await writeArtifact(packArtifact({ ...draft, golden }, trees), at);
  expect((await readModel(at)).predict({ age: 60 }).answer).toBeCloseTo(0.5 + 0.06 / 2, 12);
  await expect(writeArtifact(packArtifact(tinyDraft(), trees), join(folder, 'old'))).rejects.toThrow(
    'trees check: a tensor does not belong to a forest',
  );
});

test('a manifest above 32 MiB and trees above 512 MiB are not read', async () => {
  await writeArtifact(tiny, at);
  await truncate(join(at, 'model.json'), 2 ** 25 + 1);
  for (const read of [readModel, readManifest])
    await expect(read(at)).rejects.toThrow('model.json has 33554433 bytes; at most 33554432 are read');
  await writeFile(join(at, 'model.json'), tiny.files['model.json']);
  await truncate(join(at, 'forest.safetensors'), 2 ** 29 + 1);
  await expect(readModel(at)).rejects.toThrow(
    'forest.safetensors has 536870913 bytes; at most 536870912 are read',
  );
});

test('MODEL_BYTES lets larger trees be read, and out-of-fold predictions have at most 16 MiB', async () => {
  vi.stubEnv('MODEL_BYTES', String(2 ** 29 + 1));
  await writeArtifact(tiny, at);
  await truncate(join(at, 'forest.safetensors'), 2 ** 29 + 1);
  const written = tiny.files['forest.safetensors'].length;
  await expect(readModel(at)).rejects.toThrow(`536870913 bytes, its manifest says ${written}`);
  await truncate(join(at, 'forest.safetensors'), 2 ** 29 + 2);
  await expect(readModel(at)).rejects.toThrow('536870914 bytes; at most 536870913 are read');
  vi.unstubAllEnvs();

  const manifest = structuredClone(tiny.manifest);
  const large = { sha256: '0'.repeat(64), bytes: 2 ** 24 + 1 };
  manifest.files = { ...manifest.files, 'out-of-fold.safetensors': large };
  await writeFile(join(at, 'model.json'), JSON.stringify(manifest));
  await writeFile(join(at, 'forest.safetensors'), tiny.files['forest.safetensors']);
  await writeFile(join(at, 'out-of-fold.safetensors'), '');
  await truncate(join(at, 'out-of-fold.safetensors'), large.bytes);
  await expect(readModel(at)).rejects.toThrow(
    'out-of-fold.safetensors has 16777217 bytes; at most 16777216 are read',
  );
});

test('files that do not match the manifest are refused by name', () => {
  const forest = tiny.files['forest.safetensors'];
  const load = (files: FilesBytes, version = 'x') => assembleModel(tiny.files['model.json'], files, version);
  expect(() => load({})).toThrow('missing check: there is no forest.safetensors');
  expect(() => checkFiles(tiny.manifest, tiny.files['model.json'], {}, 'x')).toThrow(
    'missing check: there is no forest.safetensors',
  );
  expect(() => load({ 'forest.safetensors': forest.subarray(1) })).toThrow(
    `size check: forest.safetensors has ${forest.length - 1} bytes, its manifest says ${forest.length}`,
  );
  const changed = forest.slice();
  changed[changed.length - 1] ^= 1;
  expect(() => load({ 'forest.safetensors': changed })).toThrow(
    'hash check: forest.safetensors does not match its hash in model.json',
  );
  const hash = tiny.sha256.slice(0, 7);
  expect(load(treesOf(tiny), `12-${hash}`).version).toBe(`12-${hash}`);
  expect(load(treesOf(tiny), 'heart').version).toBe('heart');
  expect(() => load(treesOf(tiny), '12-0000000')).toThrow(
    `hash check: the content of 12-0000000 hashes to ${hash}`,
  );
});

/** The manifest of the tiny model with other members, as bytes. */
const bytesOf = (members: object) =>
  new TextEncoder().encode(JSON.stringify({ ...tiny.manifest, ...members }));
const [known] = Object.values(tiny.manifest.files);

test.each([
  [{ format: 3 }, 'format check: model.json has format 3; this Hearth reads up to 2'],
  [{ format: 0 }, 'manifest check: model.json, format: '],
  [{ format: '3' }, 'manifest check: model.json, format: '],
  [{ name: 7 }, 'manifest check: model.json, name: '],
  [
    { files: { 'forest.safetensors': known, '../x': known } },
    'manifest check: model.json names an unknown file, "../x"',
  ],
  [
    { files: { 'forest.safetensors': known, a: known, b: known } },
    'manifest check: model.json names an unknown file, "a"',
  ],
  [{ files: { 'spread.safetensors': known } }, 'manifest check: model.json does not name forest.safetensors'],
])('a manifest with %j is refused', (members, message) => {
  expect(() => parseManifest(bytesOf(members))).toThrow(message);
});

test('a manifest that is not an object is refused as a whole', () => {
  for (const text of ['null', '7'])
    expect(() => parseManifest(new TextEncoder().encode(text))).toThrow('model.json, as a whole: ');
  expect(parseManifest(bytesOf({}))).toEqual(tiny.manifest);
});

test('a manifest is indented, and ends with a line feed', () => {
  const text = new TextDecoder().decode(
    packArtifact(tiny.manifest, { forest: tinyForest() }).files['model.json'],
  );
  expect(text).toMatch(/^\{\n "format": 1,\n "name": "tiny",\n/);
  expect(text).toMatch(/\n\}\n$/);
});
