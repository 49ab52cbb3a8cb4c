import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lockFile, withLock } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('only one worker at a time has the lock, and the lock file stays empty', async () => {
  let working = 0;
  const work = async () => {
    working++;
    expect(working).toBe(1);
    await setTimeout(5);
    working--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(folder, work)));
  expect(await readFile(join(folder, lockFile), 'utf8')).toBe('');
});

test('the lock is released when the work fails', async () => {
  await expect(
    withLock(folder, async () => {
      throw new Error('it failed');
    }),
  ).rejects.toThrow('it failed');
  expect(await withLock(folder, async () => 'mine', 0)).toBe('mine');
});

test('a writer that waits too long gets LOCKED', async () => {
  await withLock(folder, async () => {
    await expect(withLock(folder, async () => {}, 50)).rejects.toThrow(
      `another hearth command is writing to ${folder}`,
    );
  });
});

test('a lock file with other content, or that cannot be created, is named', async () => {
  await writeFile(join(folder, lockFile), 'something else');
  await expect(withLock(folder, async () => {})).rejects.toThrow(`${lockFile} cannot be locked`);
  await expect(withLock(join(folder, 'none'), async () => {})).rejects.toThrow('cannot be locked');
});

test.each([5, 6])('a writer waits for a lock that is taken, by SQLite’s code %i', async (errcode) => {
  const taken = Object.assign(new Error('database is locked'), { errcode });
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementationOnce(() => {
    throw taken;
  });
  expect(await withLock(folder, async () => 'mine')).toBe('mine');
  expect(exec).toHaveBeenCalledTimes(2);
  exec.mockRestore();
});

test('a writer waits for half a minute, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  const taken = Object.assign(new Error('database is locked'), { errcode: 5 });
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  for (const time of [29_999, 30_000])
    exec.mockImplementationOnce(() => {
      vi.setSystemTime(time);
      throw taken;
    });
  await expect(withLock(folder, async () => 'mine')).rejects.toMatchObject({ code: 'LOCKED' });
  expect(exec).toHaveBeenCalledTimes(2);
  exec.mockRestore();
  vi.useRealTimers();
});

test('an error without a code does not count as a lock that is taken', async () => {
  const cause = new Error('no code');
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec').mockImplementationOnce(() => {
    throw cause;
  });
  await expect(withLock(folder, async () => {})).rejects.toMatchObject({ code: 'NO_LOCK', cause });
  exec.mockRestore();
});
