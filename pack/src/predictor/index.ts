import { adoptModel, contentHash } from '@hearth/artifact';
import { checkFiles, type FilesBytes, parseManifest, treesFiles } from '@hearth/artifact/store';
import { filesFrom } from './files.ts';
import { predictorOf } from './predictor.ts';
import type { Answer, Files, LoadOptions, Predictor, Row, Shape } from './types.ts';

export { RowError } from './row-error.ts';
export type * from './types.ts';

/**
 * Loads a version from its files, after its checks: hashes, the form of the manifest, trees, golden rows.
 * @param from the address or the folder of the version, or the bytes of its files
 * @throws Error if a file is not there, or naming the check that the version fails
 * @example
 * const model = await load('models/heart/2-ea09fb3');
 * model.predict({ age: 54 }).probability; // 0.4450602173837143
 */
export async function load<M extends Shape = { row: Row; answer: Answer }>(
  from: string | URL | Files,
  options: LoadOptions = {},
): Promise<Predictor<M>> {
  const { read, name } = filesFrom(from, options);
  const json = await read('model.json');
  const manifest = parseManifest(json);
  const files: FilesBytes = {};
  for (const file of treesFiles) if (manifest.files[file]) files[file] = await read(file);
  const version = options.version ?? name ?? hashOf(json, files);
  const { trees, packed } = checkFiles(manifest, json, files, version);
  return predictorOf(adoptModel(manifest, trees, packed, version), trees) as Predictor<M>;
}

/** What names a version that has no name: the first digits of the hash of its content. */
const hashOf = (json: Uint8Array, { 'forest.safetensors': trees = new Uint8Array() }: FilesBytes): string =>
  contentHash(JSON.parse(new TextDecoder().decode(json)), trees).slice(0, 7);
