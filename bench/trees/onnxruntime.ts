import { createRequire } from 'node:module';
import { join } from 'node:path';

type Data = Float32Array | string[];
interface OnnxTensor {
  data: Data;
}
interface Session {
  inputNames: string[];
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}

/** What is used of onnxruntime-node here. */
export interface Onnxruntime {
  env: { versions: { node?: string } };
  InferenceSession: { create(model: Uint8Array, options?: { intraOpNumThreads?: number }): Promise<Session> };
  Tensor: new (type: 'float32' | 'string', data: Data, dims: number[]) => OnnxTensor;
}

const folder = join(import.meta.dirname, 'onnxruntime');

/**
 * Loads onnxruntime-node from a folder of its own: with the libraries of five platforms it has 290 MB, which nobody should have to
 * fetch to run or test Hearth. `pnpm bench onnx` puts it there.
 * @throws Error with the code MODULE_NOT_FOUND where it has not been put there
 */
export const loadOnnxruntime = (): Onnxruntime =>
  createRequire(join(folder, 'package.json'))('onnxruntime-node');
