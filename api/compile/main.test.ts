import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('a folder with files is refused, and keeps its permissions and times', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-compile-'));
  const file = join(folder, 'key.pem');
  await writeFile(file, 'key', { mode: 0o600 });
  const before = await stat(file);
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const args = [...flags, join(import.meta.dirname, 'main.ts'), folder, 'nothing.mjs'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toBe(
    `${folder} is not empty, and its files would get other permissions and times; name a new folder\n`,
  );
  const after = await stat(file);
  expect([after.mode, after.mtimeMs]).toEqual([before.mode, before.mtimeMs]);
  expect(await readdir(folder)).toEqual(['key.pem']);
  await rm(folder, { recursive: true });
});
