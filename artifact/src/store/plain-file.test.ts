import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPlainFile } from './plain-file.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, open: vi.fn(real.open) };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-plain-'));
  await writeFile(join(folder, 'plain'), 'content');
});
afterEach(() => rm(folder, { recursive: true }));

const read = (name: string, exact?: number) => readPlainFile(folder, name, { limit: 1000, exact });

test('a plain file is read whole', async () => {
  expect((await read('plain')).toString()).toBe('content');
  expect((await read('plain', 7)).toString()).toBe('content');
});

test('a file is read up to the limit, and closed, also if it is refused', async () => {
  for (const limit of [7, 6]) {
    vi.mocked(open).mockClear();
    const reading = readPlainFile(folder, 'plain', { limit });
    if (limit === 7) expect((await reading).toString()).toBe('content');
    else await expect(reading).rejects.toThrow('size check: plain has 7 bytes; at most 6 are read');
    expect((await vi.mocked(open).mock.results[0].value).fd).toBe(-1);
  }
});

test('the reason why a file cannot be opened is the cause, and an error that is not about the file is thrown as it is', async () => {
  await expect(readPlainFile(folder, 'none', { limit: 1 })).rejects.toMatchObject({
    message: expect.stringMatching(/^missing check: hearth-plain-.* has no none$/),
    cause: { code: 'ENOENT' },
  });
  await expect(read('plain/below')).rejects.toMatchObject({ cause: { code: 'ENOTDIR' } });
  await symlink('plain', join(folder, 'link'));
  await expect(read('link')).rejects.toMatchObject({ cause: { code: 'ELOOP' } });
  await expect(read('\0')).rejects.toMatchObject({ code: 'ERR_INVALID_ARG_VALUE' });
});

test('a file with another size than expected is not read', async () => {
  await expect(read('plain', 8)).rejects.toThrow('size check: plain has 7 bytes, its manifest says 8');
});

test('a file of ten gigabytes is refused by its size alone', async () => {
  await truncate(join(folder, 'plain'), 10 * 2 ** 30);
  await expect(read('plain')).rejects.toThrow('size check: plain has 10737418240 bytes; at most 1000');
});

test('a file that reports a wrong size is refused', async () => {
  await expect(readPlainFile('/proc/self', 'maps', { limit: 1000 })).rejects.toThrow(
    'size check: maps changed while it was read',
  );
});

test.runIf(process.platform !== 'win32').each<[string, () => unknown]>([
  ['a pipe that nobody writes to', () => execFileSync('mkfifo', [join(folder, 'odd')])],
  ['a link to a file', () => symlink(join(folder, 'plain'), join(folder, 'odd'))],
  ['a link to nowhere', () => symlink('/nowhere', join(folder, 'odd'))],
  ['a folder', () => mkdir(join(folder, 'odd'))],
])('%s is refused at once', async (_name, make) => {
  await make();
  await expect(read('odd')).rejects.toThrow('file check: odd is not a plain file');
});

test('a socket is refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 'odd'), resolve));
  await expect(read('odd')).rejects.toThrow('file check: odd is not a plain file');
  server.close();
});

test('a version that is a file is refused by name', async () => {
  await expect(readPlainFile(join(folder, 'plain'), 'model.json', { limit: 1 })).rejects.toThrow(
    'file check: plain is not a folder',
  );
});
