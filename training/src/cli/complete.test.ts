import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCommandLine } from '../../testing/command-line.ts';

const { hearth, said } = useCommandLine();
let models: string;
let version: string;

beforeEach(async () => {
  models = await mkdtemp(join(tmpdir(), 'hearth-complete-'));
  vi.stubEnv('MODELS', models);
  ({ version } = await openRegistry(join(models, 'tiny')).publish(tinyArtifact()));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(models, { recursive: true });
});

/** What completes the last word. The last line says whether files do: 0 for files, 4 for none. */
async function complete(...words: string[]): Promise<string[]> {
  expect(await hearth('complete', '--', ...words)).toBe(0);
  return said.printed.trimEnd().split('\n');
}

test('commands, options and the values of both are completed', async () => {
  expect(await complete('pr')).toEqual(['prepare', 'promote', 'predict', 'prune', ':4']);
  expect(await complete('promote', '--f')).toEqual(['--force', ':4']);
  expect(await complete('promote', '')).toEqual(['latest', 'production', version, ':4']);
  expect(await complete('promote', '--force', '1')).toEqual([version, ':4']);
  expect(await complete('verify', '1', 'l')).toEqual(['latest', ':4']);
  expect(await complete('predict', '--model-version', 'p')).toEqual(['production', ':4']);
  expect(await complete('show', '--model', '')).toEqual(['tiny', ':4']);
  expect(await complete('train', '--engine', 'b')).toEqual(['boosted', ':4']);
  expect(await complete('completion', 'z')).toEqual(['zsh', ':4']);
  expect(await complete('list', '')).toEqual([':4']);
});

test('files are left to the shell', async () => {
  expect(await complete('predict', '')).toEqual([':0']);
  expect(await complete('publish', '')).toEqual([':0']);
  expect(await complete('train', '--data', 'da')).toEqual([':0']);
});

test('where no model can be found, nothing is completed; the scripts of the shells hide the error', async () => {
  vi.stubEnv('MODELS', join(models, 'none'));
  expect(await hearth('complete', '--', 'promote', '')).toBe(1);
  expect(said.printed).toBe('');
});

test.each(['bash', 'zsh', 'fish'])('there is a script for %s', async (shell) => {
  expect(await hearth('completion', shell)).toBe(0);
  expect(said.printed).toContain('hearth complete --');
});
