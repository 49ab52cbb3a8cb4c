import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { foreignToArtifact } from './own-folder.ts';
import { readArtifact } from './read.ts';
import { writeArtifact } from './write.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, rename: vi.fn(real.rename) };
});

let folder: string;
let at: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-write-'));
  at = join(folder, 'artifact');
});
afterEach(() => rm(folder, { recursive: true }));

const other = tinyArtifact((draft) => Object.assign(draft.engine, { seed: 2 }));

test('an artifact is only put in the place of another where that is asked for', async () => {
  await writeArtifact(tinyArtifact(), at);
  await expect(writeArtifact(other, at)).rejects.toMatchObject({ code: 'ENOTEMPTY' });
  expect((await readArtifact(at)).sha256).toBe(tinyArtifact().sha256);
  await writeArtifact(other, at, { replace: true });
  expect((await readArtifact(at)).sha256).toBe(other.sha256);
  expect(await readdir(folder)).toEqual(['artifact']);
});

test('an artifact that cannot be put in its place leaves the other one there', async () => {
  await writeArtifact(tinyArtifact(), at);
  const { rename: renameReally } =
    await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  const cause = Object.assign(new Error('full'), { code: 'ENOSPC' });
  vi.mocked(rename).mockImplementationOnce(renameReally).mockRejectedValueOnce(cause);
  await expect(writeArtifact(other, at, { replace: true })).rejects.toMatchObject({
    code: 'NO_SPACE',
    cause,
  });
  expect((await readArtifact(at)).sha256).toBe(tinyArtifact().sha256);
  expect(await readdir(folder)).toEqual(['artifact']);
});

test('what came into a folder while it was replaced is not removed with it', async () => {
  await writeArtifact(tinyArtifact(), at);
  await writeFile(join(at, 'notes.txt'), 'mine');
  await expect(writeArtifact(other, at, { replace: true })).rejects.toThrow('not empty');
  expect((await readArtifact(at)).sha256).toBe(other.sha256);
  const [aside] = (await readdir(folder)).filter((name) => name !== 'artifact');
  expect(await readFile(join(folder, aside, 'notes.txt'), 'utf8')).toBe('mine');
});

test.each<[string, (path: string) => Promise<unknown>, string | undefined]>([
  ['a whole artifact', async () => {}, undefined],
  ['another file', (path) => writeFile(join(path, 'notes.txt'), ''), 'holds notes.txt, which is not part'],
  [
    'trees that it does not name',
    (path) => writeFile(join(path, 'spread.safetensors'), ''),
    'holds spread.saf',
  ],
  ['other trees', (path) => writeFile(join(path, 'forest.safetensors'), ''), 'train did not write (size'],
  ['no manifest', (path) => rm(join(path, 'model.json')), 'train did not write (missing check'],
])('what is foreign in a folder that holds %s', async (_, change, foreign) => {
  await writeArtifact(tinyArtifact(), at);
  await change(at);
  const found = await foreignToArtifact(at);
  if (foreign === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(foreign);
});

test('an artifact that could not serve is not written, and leaves the one that is there', async () => {
  await writeArtifact(tinyArtifact(), at);
  const wrong = tinyArtifact((draft) => Object.assign(draft.golden[0], { answer: 0.123 }));
  await expect(writeArtifact(wrong, at, { replace: true })).rejects.toThrow('golden check');
  expect((await readArtifact(at)).sha256).toBe(tinyArtifact().sha256);
  expect(await readdir(folder)).toEqual(['artifact']);
});
