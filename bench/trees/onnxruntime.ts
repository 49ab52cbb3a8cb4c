import { createRequire } from 'node:module';
import { join } from 'node:path';

type Data = Float32Array | Float64Array | string[];
interface OnnxTensor {
  data: Data;
}
interface Session {
  inputNames: string[];
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}

/** The part of onnxruntime-node that is used here. */
export interface Onnxruntime {
  env: { versions: { node?: string } };
  InferenceSession: { create(model: Uint8Array, options?: { intraOpNumThreads?: number }): Promise<Session> };
  Tensor: new (type: 'float32' | 'float64' | 'string', data: Data, dims: number[]) => OnnxTensor;
}

const folder = join(import.meta.dirname, 'onnxruntime');

/**
 * Loads onnxruntime-node from a separate folder: with libraries for five platforms it has 290 MB, too much for a dependency of Hearth.
 * `npm run bench onnx` installs it there.
 * @throws Error with the code MODULE_NOT_FOUND if it is not installed
 */
export const loadOnnxruntime = (): Onnxruntime =>
  createRequire(join(folder, 'package.json'))('onnxruntime-node');
