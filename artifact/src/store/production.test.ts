import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appendEntry } from './journal.ts';
import { readArtifact, readModel } from './read.ts';
import { openRegistry, type Registry } from './registry.ts';

vi.mock(import('./read.ts'), async (original) => {
  const real = await original();
  return { ...real, readArtifact: vi.fn(real.readArtifact), readModel: vi.fn(real.readModel) };
});
vi.mock(import('./journal.ts'), async (original) => {
  const real = await original();
  return { ...real, appendEntry: vi.fn(real.appendEntry) };
});

const other = tinyArtifact((draft) => Object.assign(draft.engine, { seed: 2 }));

let folder: string;
let registry: Registry;
let first: string;
let second: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-production-'));
  registry = openRegistry(folder);
  first = (await registry.publish(tinyArtifact())).version;
  second = (await registry.publish(other)).version;
});
afterEach(() => rm(folder, { recursive: true }));

test('a rollback never goes to the version that is in production', async () => {
  for (const version of [first, second, first]) await registry.promote(version);
  await rm(join(folder, second), { recursive: true });
  await expect(registry.rollback()).rejects.toMatchObject({ code: 'NO_EARLIER' });
});

test('an error of the disk is not reported as a fault of the version', async () => {
  vi.mocked(readModel).mockRejectedValueOnce(new Error('EIO'));
  await expect(registry.promote(first)).rejects.toThrow(/^EIO$/);
});

test('a promotion without room for its journal entry changes nothing and leaves no file', async () => {
  await registry.promote(first);
  const before = await readdir(folder);
  vi.mocked(appendEntry).mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  await expect(registry.promote(second)).rejects.toMatchObject({ code: 'NO_SPACE' });
  expect(await readdir(folder)).toEqual(before);
  expect(await registry.production()).toBe(first);
});

test('content is the same only if all digits of its hash are', async () => {
  const sha256 = `${tinyArtifact().sha256.slice(0, 7)}${'0'.repeat(57)}`;
  vi.mocked(readArtifact).mockResolvedValueOnce({ ...tinyArtifact(), sha256 });
  expect(await registry.publish(tinyArtifact())).toEqual({ version: first.replace('1-', '3-'), added: true });
});

test('only versions with the hash of the content in their names are read to find it again', async () => {
  vi.mocked(readArtifact).mockClear();
  expect(await registry.publish(other)).toMatchObject({ version: second, added: false });
  expect(vi.mocked(readArtifact).mock.calls).toEqual([[join(folder, second)]]);
});

test('if an error of the disk hides whether content is published, it is not published again', async () => {
  vi.mocked(readArtifact).mockRejectedValueOnce(new Error('EIO'));
  await expect(registry.publish(tinyArtifact())).rejects.toThrow(/^EIO$/);
  expect(await registry.list()).toHaveLength(2);
});
