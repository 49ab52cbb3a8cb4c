import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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
  expect(said).toMatch(
    /hearth: interrupted: no model is finished, and the artifact \S+ of an earlier training is unchanged\n$/,
  );
  expect((await readArtifact(out)).sha256).toBe(tinyArtifact().sha256);
  expect(await readdir(folder)).toEqual(['artifact']);
  await rm(folder, { recursive: true });
});

test('a training that is interrupted between two learners leaves the model of an earlier one as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-train-'));
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 3 === 0 ? 'yes' : 'no'}`);
  await writeFile(join(folder, 'tiny.csv'), ['x,y', ...rows, ''].join('\n'));
  const out = join(folder, '.hearth/tiny/artifact');
  await writeArtifact(tinyArtifact(), out);
  const main = ['--experimental-strip-types', join(import.meta.dirname, 'main.ts')];
  const args = ['train', 'tiny.csv', '--target', 'y', '--effort', 'quick', '--folds', '3'];
  const training = spawn(process.execPath, [...main, ...args], { cwd: folder });
  const ended = once(training, 'exit');
  let said = '';
  training.stderr.on('data', (text) => {
    const before = said;
    said += text;
    const finished = (lines: string) => lines.split('100 %').length > 1;
    if (!finished(before) && finished(said)) training.kill('SIGINT');
  });
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(said).toMatch(
    /hearth: interrupted: no model is finished, and the artifact \S+ of an earlier training is unchanged\n$/,
  );
  expect((await readArtifact(out)).sha256).toBe(tinyArtifact().sha256);
  await rm(folder, { recursive: true });
});
