import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockFile, withLock } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-lock-'));
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe.skipIf(spawnSync('flock', ['--version']).error)('on a Node without SQLite', () => {
  test('only one writer at a time has the lock, and the next gets it when the work is done or fails', async () => {
    const failing = async () => {
      await expect(withLock(folder, async () => {}, 0)).rejects.toMatchObject({ code: 'LOCKED' });
      throw new Error('it failed');
    };
    await expect(withLock(folder, failing)).rejects.toThrow('it failed');
    expect(await withLock(folder, async () => 'mine')).toBe('mine');
  });

  test('a folder that cannot be written to is named', async () => {
    await expect(withLock(join(folder, 'none'), async () => {}, 0)).rejects.toMatchObject({
      code: 'NO_LOCK',
      message: expect.stringContaining(`${join(folder, 'none', lockFile)} cannot be locked`),
      cause: { message: expect.stringMatching(/^flock: .*[^\s]$/) },
    });
  });
});

test('a Node without SQLite and a machine without flock get the way out', async () => {
  vi.stubEnv('PATH', folder);
  await expect(withLock(folder, async () => {})).rejects.toMatchObject({
    code: 'NO_LOCK_COMMAND',
    message: expect.stringContaining('install Node 22.13 or later'),
    cause: { code: 'ENOENT' },
  });
  await writeFile(join(folder, 'flock'), '', { mode: 0o644 });
  await expect(withLock(folder, async () => {})).rejects.toMatchObject({
    code: 'NO_LOCK',
    cause: { code: 'EACCES' },
  });
});
