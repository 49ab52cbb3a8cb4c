import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findVersion, listVersions, versionNumber } from './versions.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-versions-'));
});
afterEach(() => rm(folder, { recursive: true }));

const make = (...names: string[]) => Promise.all(names.map((name) => mkdir(join(folder, name))));

test('versions are listed by their numbers, oldest first, without other files', async () => {
  await make('10-aaaaaaa', '9-bbbbbbb', '123456789-0123abc');
  await make('0-aaaaaaa', '01-aaaaaaa', '1-aaaaaa', '1-aaaaaaaa', '1-AAAAAAA', '1-ggggggg', 'x1-aaaaaaa');
  await make('1234567890-aaaaaaa', '.cache', '11-aaaaaaa.tmp');
  expect(await listVersions(folder)).toEqual(['9-bbbbbbb', '10-aaaaaaa', '123456789-0123abc']);
  expect(versionNumber('10-aaaaaaa')).toBe(10);
});

test('a folder that does not exist has no versions, and a file is an error', async () => {
  expect(await listVersions(join(folder, 'none'))).toEqual([]);
  await writeFile(join(folder, 'file'), '');
  await expect(listVersions(join(folder, 'file'))).rejects.toThrow('ENOTDIR');
});

test.each([
  ['latest', '10-cccccc1'],
  ['9-bbbbbbb', '9-bbbbbbb'],
  ['9', '9-bbbbbbb'],
  ['10-cccccc0', '10-cccccc0'],
])('%s means %s', async (wanted, version) => {
  await make('9-bbbbbbb', '10-cccccc0', '11-cccccc1');
  if (wanted === 'latest')
    await rm(join(folder, '11-cccccc1'), { recursive: true }).then(() => make('10-cccccc1'));
  expect(await findVersion(folder, wanted)).toBe(version);
});

test.each([
  ['1', '"1" could be 10-cccccc0 or 11-cccccc1; give more digits'],
  ['', 'there is no version ""; published: 9-bbbbbbb, 10-cccccc0, 11-cccccc1'],
  ['0-cccccc0', 'there is no version "0-cccccc0"; published: 9-'],
])('%j is refused', async (wanted, message) => {
  await make('9-bbbbbbb', '10-cccccc0', '11-cccccc1');
  await expect(findVersion(folder, wanted)).rejects.toThrow(message);
});

test('without versions there is no latest', async () => {
  await expect(findVersion(folder, 'latest')).rejects.toThrow(
    'there is no version "latest"; published: none',
  );
});

test('of many versions the newest ten are named', async () => {
  await make(...Array.from({ length: 12 }, (_, i) => `${i + 1}-aaaaaaa`));
  await expect(findVersion(folder, '99')).rejects.toThrow(
    'there is no version "99"; published: 2 older ones, 3-aaaaaaa, 4-',
  );
});

test.each([
  ['latets', 'latest'],
  ['canery', 'canary'],
  ['2-bbbbbb1', '2-bbbbbbb'],
])('for %s, which does not exist, %s is suggested', async (wanted, meant) => {
  await make('1-aaaaaaa', '2-bbbbbbb');
  await expect(findVersion(folder, wanted, ['canary'])).rejects.toThrow(
    `there is no version "${wanted}"; published: 1-aaaaaaa, 2-bbbbbbb; did you mean "${meant}"?`,
  );
});

test('ten versions are named without a word about older ones', async () => {
  await make(...Array.from({ length: 10 }, (_, i) => `${i + 1}-aaaaaaa`));
  await expect(findVersion(folder, '99')).rejects.toThrow('published: 1-aaaaaaa, 2-');
});
