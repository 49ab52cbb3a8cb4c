import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from './program.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-cli-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

test('the version in production is packed, and a file that is there is left alone', async () => {
  const registry = openRegistry(join(folder, 'models/tiny'));
  const { version } = await registry.publish(tinyArtifact());
  await registry.promote(version);
  const out = join(folder, 'model.tar.gz');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const complained = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const hearth = () => run(['export', '--sagemaker', '--out', out, '--models', join(folder, 'models')]);
  expect(await hearth()).toBe(0);
  expect(said).toHaveBeenCalledWith(`${version} is packed; written to ${out}`);
  const { mtimeMs } = await stat(out);
  expect(await hearth()).toBe(1);
  expect(complained).toHaveBeenCalledWith(`hearth: ${out}: is there already\n`);
  expect((await stat(out)).mtimeMs).toBe(mtimeMs);
});
