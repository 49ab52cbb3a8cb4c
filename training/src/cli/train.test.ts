import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArtifact, writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';

test('an interrupted training says what is finished, ends at once and changes no file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-train-'));
  const out = join(folder, 'artifact');
  await writeArtifact(tinyArtifact(), out);
  const args = ['train', '--out', out, '--force', '--report', join(folder, 'report.html')];
  const main = ['--experimental-strip-types', join(import.meta.dirname, 'main.ts')];
  const training = spawn(process.execPath, [...main, ...args], { cwd: root });
  const ended = once(training, 'exit');
  let said = '';
  training.stderr.on('data', (text) => {
    if (!said.includes('0 %') && String(text).includes('0 %')) training.kill('SIGINT');
    said += text;
  });
  // a shell sees exit code 130
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(said).toMatch(/hearth: interrupted: no model is finished, and nothing was written\n$/);
  expect((await readArtifact(out)).sha256).toBe(tinyArtifact().sha256);
  expect(await readdir(folder)).toEqual(['artifact']);
  await rm(folder, { recursive: true });
});
