import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';

test('a training that is interrupted ends at once, and leaves the artifact that was there', async () => {
  const out = await mkdtemp(join(tmpdir(), 'hearth-train-'));
  await writeFile(join(out, 'model.json'), 'from before');
  const args = ['--experimental-strip-types', join(import.meta.dirname, 'main.ts'), 'train', '--out', out];
  const training = spawn(process.execPath, [...args, '--report', join(out, 'report.html')], { cwd: root });
  const ended = once(training, 'exit');
  for await (const text of training.stderr) if (String(text).includes('0 %')) break;
  training.kill('SIGINT');
  expect(await ended).toEqual([null, 'SIGINT']);
  expect(await readFile(join(out, 'model.json'), 'utf8')).toBe('from before');
  await rm(out, { recursive: true });
});
