import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFile, withLock } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one works at a time, and the lock file stays empty', async () => {
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

test('the lock is given back when the work fails', async () => {
  await expect(
    withLock(folder, async () => {
      throw new Error('it failed');
    }),
  ).rejects.toThrow('it failed');
  expect(await withLock(folder, async () => 'mine', 0)).toBe('mine');
});

test('who waits too long is told that another one is writing', async () => {
  await withLock(folder, async () => {
    await expect(withLock(folder, async () => {}, 50)).rejects.toThrow(
      `another hearth command is writing to ${folder}`,
    );
  });
});

test('a lock file that is something else, or cannot be made, is named', async () => {
  await writeFile(join(folder, lockFile), 'something else');
  await expect(withLock(folder, async () => {})).rejects.toThrow(`${lockFile} cannot be locked`);
  await expect(withLock(join(folder, 'none'), async () => {})).rejects.toThrow('cannot be locked');
});
