import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registryError } from './errors.ts';
import { readSmallJson, readText } from './text-file.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, open: vi.fn(real.open) };
});

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-text-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

const unusable = (why: string, cause?: unknown) => registryError('BAD_ALIASES', path, why, cause);
const read = (limit = 10) => readText(path, limit, unusable);

test('a text is read up to the limit, and a longer one is refused', async () => {
  await writeFile(path, 'ten bytes!');
  expect(await read()).toBe('ten bytes!');
  await expect(read(9)).rejects.toThrow('cannot be used: it has 10 bytes; at most 9 are read');
});

test('a missing file has no text, and a path below a file is an error', async () => {
  expect(await read()).toBeUndefined();
  await writeFile(path, '');
  expect(await read()).toBe('');
  await expect(readText(join(path, 'below'), 10, unusable)).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform !== 'win32').each<[string, () => unknown, string]>([
  ['a pipe that nobody writes to', () => execFileSync('mkfifo', [path]), 'it is not a plain file'],
  ['a folder', () => mkdir(path), 'it is not a plain file'],
  ['a link to itself', () => symlink(path, path), 'it is a link to itself'],
])('%s is refused at once', async (_, make, why) => {
  await make();
  await expect(read()).rejects.toThrow(`cannot be used: ${why};`);
});

test.each([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is not a plain file'],
  ['EIO', 'the disk reports an input/output error'],
])('%s is reported in words', async (code, why) => {
  const cause = Object.assign(new Error(code), { code });
  vi.mocked(open).mockRejectedValueOnce(cause);
  await expect(read()).rejects.toMatchObject({ message: unusable(why).message, cause });
});

test('an error that is not about the file, or has no code, is thrown as it is', async () => {
  for (const error of [Object.assign(new Error(), { code: 'EMFILE' }), new Error('none')]) {
    vi.mocked(open).mockRejectedValueOnce(error);
    await expect(read()).rejects.toBe(error);
  }
});

test('the file is closed, also if it cannot be used', async () => {
  await writeFile(path, 'ten bytes!');
  for (const limit of [10, 9]) {
    vi.mocked(open).mockClear();
    await read(limit).catch(() => {});
    const file = await vi.mocked(open).mock.results[0].value;
    expect(file.fd).toBe(-1);
  }
});

test('JSON of at most 1 MiB is read', async () => {
  expect(await readSmallJson(path, unusable)).toBeUndefined();
  await writeFile(path, '{"a": [1]}'.padEnd(2 ** 20));
  expect(await readSmallJson(path, unusable)).toEqual({ a: [1] });
  await writeFile(path, '{"a": [1]}'.padEnd(2 ** 20 + 1));
  await expect(readSmallJson(path, unusable)).rejects.toThrow('it has 1048577 bytes; at most 1048576');
});

test.each([
  ['', 'it is empty'],
  [' \n', 'it is empty'],
  ['{', 'it is not JSON'],
])('%j is refused', async (text, why) => {
  await writeFile(path, text);
  await expect(readSmallJson(path, unusable)).rejects.toMatchObject({
    message: unusable(why).message,
    cause: expect.any(SyntaxError),
  });
});
