import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRecord } from './record.ts';

let folder: string;
let path: string;
const git = (...args: string[]) => {
  const author = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org'];
  execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'pipe' });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-record-'));
  path = join(folder, 'results.md');
  git('init', '--quiet');
});
afterEach(() => rm(folder, { recursive: true }));

test('results replace committed results and their own, but no uncommitted changes', async () => {
  const first = await openRecord(path);
  await first.write('one');
  await first.write('one and two');
  await expect(openRecord(path)).rejects.toThrow('results.md: has uncommitted changes');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Record');
  const next = await openRecord(path);
  await writeFile(path, 'a note by hand');
  await expect(next.write('three')).rejects.toThrow('has uncommitted changes');
  expect(await readFile(path, 'utf8')).toBe('a note by hand');
  await (await openRecord(path, { goesOn: true })).write('four');
  expect(await readFile(path, 'utf8')).toBe('four');
  expect((await readdir(folder)).sort()).toEqual(['.git', 'results.md']);
});
