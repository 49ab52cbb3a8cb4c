import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFileOutput } from './file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a new file is created with its parent folders, and with permissions by the umask', async () => {
  const path = join(folder, 'a/b/answers.csv');
  const umask = process.umask(0o077);
  try {
    const output = await openFileOutput(path);
    expect(await readdir(folder)).toEqual([]);
    await output.write('age\n40\n');
  } finally {
    process.umask(umask);
  }
  expect(await readFile(path, 'utf8')).toBe('age\n40\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'a/b'))).toEqual(['answers.csv']);
});

test('of two writers of the same file, the second is refused, even if it checked before the first wrote', async () => {
  const path = join(folder, 'answers.csv');
  const outputs = [await openFileOutput(path), await openFileOutput(path)];
  const done = await Promise.allSettled(outputs.map((output, i) => output.write(`${i}`)));
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await readFile(path, 'utf8')).toBe(String(done.findIndex(({ status }) => status === 'fulfilled')));
  expect(await readdir(folder)).toEqual(['answers.csv']);
  await expect(openFileOutput(path)).rejects.toThrow(
    `${path}: already exists; choose another name, or move it away`,
  );
});

test('a file that may be replaced is checked again before it is replaced', async () => {
  const path = join(folder, 'report');
  await writeFile(path, 'ours');
  const output = await openFileOutput(path, (content) =>
    content.toString() === 'ours' ? undefined : 'is another',
  );
  await writeFile(path, 'mine');
  await expect(output.write('new')).rejects.toThrow(`${path}: is another`);
  expect(await readFile(path, 'utf8')).toBe('mine');
  await writeFile(path, 'ours');
  await output.write('new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['report']);
});

test('a path below a file is refused before the work begins', async () => {
  await writeFile(join(folder, 'letter'), 'dear');
  await expect(openFileOutput(join(folder, 'letter/answers.csv'))).rejects.toThrow('letter: is not a folder');
});

test('a folder without write permission is refused before the work begins', async () => {
  await chmod(folder, 0o777);
  // for root permissions do not count, and a process that has become another user stays it
  const asUser = `
    const { openFileOutput } = await import('${new URL('file.ts', import.meta.url)}');
    const { mkdirSync } = await import('node:fs');
    if (process.getuid?.() === 0) process.setuid(65_534); // nobody
    mkdirSync('closed', { mode: 0o500 });
    await openFileOutput('answers.csv');
    await openFileOutput('closed/answers.csv').catch(({ message }) => console.log(message));`;
  const flags = [
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', asUser], {
    cwd: folder,
  });
  expect(stdout).toMatch(/^EACCES: permission denied, access '.*closed'\n$/);
});
