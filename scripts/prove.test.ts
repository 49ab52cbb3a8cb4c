import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

test('npm run prove lists all proofs when it is given an unknown name, and runs none', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, 'prove.mjs'), 'soak', 'x'],
    {
      encoding: 'utf8',
    },
  );
  expect(status).toBe(1);
  expect(stderr).toContain('There is no proof x.');
  const files = readdirSync(path.join(import.meta.dirname, '../deploy')).flatMap(
    (file) => /^(.+)\.proof\.test\.ts$/.exec(file)?.[1] ?? [],
  );
  expect(files.length).toBeGreaterThan(3);
  const listed = stderr.split('\n').map((line) => line.trim());
  expect(listed).toEqual(expect.arrayContaining([...files, 'rehearse', 'soak', 'mutants']));
});
