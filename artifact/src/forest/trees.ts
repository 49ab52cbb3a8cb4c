import type { Forest } from './forest.ts';
import { decodeTensors, encodeTensors } from './safetensors.ts';

const tensors = {
  roots: 'I32',
  feature: 'I32',
  threshold: 'F64',
  left: 'I32',
  right: 'I32',
  value: 'F64',
  cover: 'F64',
  missing_left: 'U8',
} as const;

/** The bytes of a trees file. */
export function encodeForest({ missingLeft, ...forest }: Forest): Uint8Array {
  return encodeTensors({ ...forest, missing_left: missingLeft });
}

/** Reads a trees file; `assertSound` checks the trees themselves. @throws ArtifactError 'trees' if it is not a trees file */
export function decodeForest(bytes: Uint8Array): Forest {
  const { missing_left: missingLeft, ...forest } = decodeTensors(bytes, tensors);
  return { ...forest, missingLeft };
}
