import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runOnnx } from '../../testing/run-onnx.ts';
import { run } from './program.ts';

let folder: string;
let version: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-cli-'));
  const registry = openRegistry(join(folder, 'models/tiny'));
  ({ version } = await registry.publish(tinyArtifact()));
  await registry.promote(version);
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

const hearth = (...options: string[]) => run(['export', ...options, '--models', join(folder, 'models')]);

test('the version in production is packed, and an existing file is not replaced', async () => {
  const out = join(folder, 'model.tar.gz');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const complained = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  expect(await hearth('--sagemaker', '--out', out)).toBe(0);
  expect(said).toHaveBeenCalledWith(`${version} packed into ${out}`);
  const { mtimeMs } = await stat(out);
  expect(await hearth('--sagemaker', '--out', out)).toBe(1);
  expect(complained).toHaveBeenCalledWith(
    `hearth: ${out}: already exists; choose another name, or move it away\n`,
  );
  expect((await stat(out)).mtimeMs).toBe(mtimeMs);
});

test('the ONNX model takes columns by name and predicts as Hearth does', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const out = join(folder, 'model.onnx');
  expect(await hearth('--onnx', '--out', out)).toBe(0);
  expect(runOnnx(await readFile(out), { age: 60, sex: 'male' }).probability[0]).toBeCloseTo(0.7, 14);
});

test('the ONNX model has numbers of 32 bits where the runtime needs them', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const out = join(folder, 'model.onnx');
  expect(await hearth('--onnx', '--float32', '--out', out)).toBe(0);
  const { probability } = runOnnx(await readFile(out), { age: 60, sex: 'male' });
  expect(probability[0]).toBeCloseTo(0.7, 6);
  expect(probability[0]).not.toBe(0.7);
});

test.each([[[]], [['--onnx', '--sagemaker']]])('exactly one format is required: %j', async (forms) => {
  const complained = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  expect(await hearth(...forms)).toBe(2);
  expect(complained.mock.calls.join()).toMatch(/--onnx.*--sagemaker/);
});
