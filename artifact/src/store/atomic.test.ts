import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  ensureFolder,
  keepBroken,
  prepareFile,
  prepareFolder,
  removeFolder,
  removeLeftovers,
  setAside,
} from './atomic.ts';

/** The operations on the disk, in order; a temporary name is shown as `new`. */
const { done, nameOf } = vi.hoisted(() => {
  const done: string[] = [];
  const nameOf = (path: unknown) =>
    String(path)
      .replace(/.*\//, '')
      .replace(/^\.hearth\.[0-9a-f]{16}\.tmp$/, 'new');
  return { done, nameOf };
});

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return {
    ...real,
    async open(path, ...rest) {
      const file = await real.open(path, ...rest);
      const { sync, close } = file;
      Object.assign(file, {
        sync: () => sync.call(file).then(() => void done.push(`sync ${nameOf(path)}`)),
        close: () => close.call(file).then(() => void done.push(`close ${nameOf(path)}`)),
      });
      return file;
    },
    async rename(from, to) {
      await real.rename(from, to);
      done.push(`rename ${nameOf(from)} ${nameOf(to)}`);
    },
  };
});

let folder: string;
let at: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-atomic-'));
  at = join(folder, 'place');
  done.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const kept = (name: string) => `${name} ${basename(folder)}`;

test('a file is synced before its rename, and its folder after it', async () => {
  await writeFile(at, 'before');
  const prepared = await prepareFile(at, 'after');
  expect(await readFile(at, 'utf8')).toBe('before');
  expect(done).toEqual(['sync new', 'close new']);
  done.length = 0;
  await prepared.commit();
  expect(await readFile(at, 'utf8')).toBe('after');
  expect(done).toEqual(['rename new place', kept('sync'), kept('close')]);
  expect(await readdir(folder)).toEqual(['place']);
});

test('so is a folder, with its files in order', async () => {
  const prepared = await prepareFolder(at, { b: Uint8Array.of(1), a: Uint8Array.of(2) });
  expect(done).toEqual(['sync b', 'close b', 'sync a', 'close a', 'sync new', 'close new']);
  await prepared.commit();
  expect(await readdir(folder)).toEqual(['place']);
  expect([...(await readFile(join(at, 'b')))]).toEqual([1]);
});

test.runIf(process.platform !== 'win32')(
  'any user may read the files and folders, whatever the umask',
  async () => {
    const umask = isMainThread && process.umask(0o077); // no other thread may set it
    await (await prepareFile(at, '')).commit();
    await (await prepareFolder(join(folder, 'many'), { a: Uint8Array.of() })).commit();
    if (umask !== false) process.umask(umask);
    expect(await modeOf(at)).toBe(0o644);
    expect(await modeOf(join(folder, 'many'))).toBe(0o755);
    expect(await modeOf(join(folder, 'many', 'a'))).toBe(0o644);
  },
);

test('a discarded file, or one that cannot be written, leaves nothing', async () => {
  const prepared = await prepareFolder(at, { a: Uint8Array.of(1) });
  expect(basename(prepared.temporary)).toMatch(/^\.hearth\.[0-9a-f]{16}\.tmp$/);
  await prepared.discard();
  await prepared.discard();
  await expect(prepareFolder(at, { a: Uint8Array.of(1), 'no/where': Uint8Array.of() })).rejects.toThrow(
    'ENOENT',
  );
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that was set aside can be put back, or removed with the named files', async () => {
  await (await prepareFolder(at, { a: Uint8Array.of(1), b: Uint8Array.of(2) })).commit();
  await (await setAside(at)).putBack();
  expect(await readdir(at)).toEqual(['a', 'b']);
  const aside = await setAside(at);
  await expect(aside.remove(['a', 'c'])).rejects.toThrow('ENOTEMPTY');
  const [name] = await readdir(folder);
  expect(name).toMatch(/^\.hearth\..*\.tmp$/);
  expect(await readdir(join(folder, name))).toEqual(['b']);
  await aside.remove(['b']);
  expect(await readdir(folder)).toEqual([]);
});

test('a broken file also gets a second name, with the time in it', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 2, 3, 4, 5, 6) });
  await writeFile(at, 'garbage');
  expect(await keepBroken(at)).toBe('place.broken-2026-01-02T03-04-05.006Z');
  expect((await readdir(folder)).sort()).toEqual(['place', 'place.broken-2026-01-02T03-04-05.006Z']);
  vi.setSystemTime(0);
  await mkdir(join(folder, 'odd'));
  expect(await keepBroken(join(folder, 'odd'))).toBe('odd.broken-1970-01-01T00-00-00.000Z');
  expect(await readdir(folder)).not.toContain('odd');
  vi.useRealTimers();
});

test('a folder is removed in one step', async () => {
  await mkdir(at);
  await writeFile(join(at, 'a'), '');
  await removeFolder(at);
  expect(done).toEqual(['rename place new', kept('sync'), kept('close')]);
  expect(await readdir(folder)).toEqual([]);
});

test('only temporary files of killed writers are removed', async () => {
  const left = '.hearth.0123456789abcdef.tmp';
  const others = [
    '.hearth.0123456789abcdef.tmp2',
    '.hearth.0123.tmp',
    'x.hearth.0123456789abcdef.tmp',
    '1-aaaaaaa',
  ];
  await mkdir(join(folder, left));
  await writeFile(join(folder, left, 'a'), '');
  for (const name of others) await writeFile(join(folder, name), '');
  await removeLeftovers(folder);
  expect((await readdir(folder)).sort()).toEqual(others.sort());
});

test('a missing folder is made with its parents, and the parent of the first new one is synced', async () => {
  await ensureFolder(join(at, 'below'));
  expect(done).toEqual([kept('sync'), kept('close')]);
  done.length = 0;
  await ensureFolder(join(at, 'below'));
  expect(done).toEqual([]);
  expect(await readdir(at)).toEqual(['below']);
});
