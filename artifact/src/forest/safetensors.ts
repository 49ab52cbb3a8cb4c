import { ArtifactError } from '../errors.ts';
import { parseJson } from '../json.ts';

/**
 * The safetensors format (https://huggingface.co/docs/safetensors, "Format"): the length of a JSON header in eight bytes, the
 * header, and the bytes of the tensors without gaps. Little endian. Here: vectors only, no metadata.
 */
const kinds = { F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;
type Dtype = keyof typeof kinds;
export type Tensor = Float64Array | Int32Array | Uint8Array;

const maximumHeader = 1 << 16;

function dtypeOf(tensor: Tensor): Dtype {
  if (tensor instanceof Float64Array) return 'F64';
  return tensor instanceof Int32Array ? 'I32' : 'U8';
}

/** Bytes of a safetensors file. Tensors with the widest type come first, so that each is aligned. */
export function encodeTensors(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  const entries = Object.entries(tensors).sort(([, a], [, b]) => b.BYTES_PER_ELEMENT - a.BYTES_PER_ELEMENT);
  let offset = 0;
  const header: Record<string, object> = {};
  for (const [name, tensor] of entries) {
    const end = offset + tensor.byteLength;
    header[name] = { dtype: dtypeOf(tensor), shape: [tensor.length], data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  let at = 8 + length;
  for (const [, tensor] of entries) {
    bytes.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), at);
    at += tensor.byteLength;
  }
  return bytes;
}

type TensorsOf<T> = { [K in keyof T]: InstanceType<(typeof kinds)[T[K] & Dtype]> };

/**
 * Reads a safetensors file that has all tensors of `expected`, any of `optional`, and no others.
 * @throws ArtifactError 'trees' if the header, the tensors or their types differ, or bytes overlap, are missing or left over
 */
export function decodeTensors<T extends Record<string, Dtype>, O extends Record<string, Dtype>>(
  bytes: Uint8Array,
  expected: T,
  optional = {} as O,
): TensorsOf<T> & Partial<TensorsOf<O>> {
  const length = headerLength(bytes);
  const header = parseHeader(bytes.subarray(8, 8 + length));
  const data = bytes.subarray(8 + length);
  const known = { ...expected, ...optional };
  const unknown = Object.keys(header).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw new ArtifactError('trees', 'a tensor does not belong to a forest');
  const absent = Object.keys(expected).find((name) => !Object.hasOwn(header, name));
  if (absent !== undefined) throw new ArtifactError('trees', `tensor "${absent}" is missing`);
  const ranges: [number, number][] = [];
  const tensors = Object.fromEntries(
    Object.entries(header).map(([name, entry]) => {
      const [begin, end] = range(name, known[name], entry, data.byteLength);
      ranges.push([begin, end]);
      // not `data.slice`: the slice of a Buffer is a view into shared memory
      const copy = data.buffer.slice(data.byteOffset + begin, data.byteOffset + end) as ArrayBuffer;
      return [name, new kinds[known[name]](copy)];
    }),
  );
  assertTiled(ranges, data.byteLength);
  return tensors as TensorsOf<T> & Partial<TensorsOf<O>>;
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.byteLength < 8) throw new ArtifactError('trees', `the file ends after ${bytes.byteLength} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > maximumHeader) {
    throw new ArtifactError('trees', `the header claims ${length} bytes; at most ${maximumHeader} are read`);
  }
  if (8 + Number(length) > bytes.byteLength) {
    throw new ArtifactError('trees', `the header claims ${length} bytes, the file has ${bytes.byteLength}`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  const header = parseJson(bytes, 'trees', 'the header');
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new ArtifactError('trees', 'the header is not a JSON object');
  }
  return header as Record<string, unknown>;
}

function range(name: string, dtype: Dtype, entry: unknown, available: number): [number, number] {
  const { dtype: given, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (given !== dtype) throw new ArtifactError('trees', `tensor "${name}" is not of type ${dtype}`);
  if (!Array.isArray(shape) || shape.length !== 1 || !isCount(shape[0])) {
    throw new ArtifactError('trees', `tensor "${name}" is not a vector`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !isCount(offsets[0]) || !isCount(offsets[1])) {
    throw new ArtifactError('trees', `tensor "${name}" has no valid offsets`);
  }
  const [begin, end] = offsets;
  if (begin > end || end > available) {
    throw new ArtifactError('trees', `tensor "${name}" ends at byte ${end}, the file has ${available}`);
  }
  if (end - begin !== shape[0] * kinds[dtype].BYTES_PER_ELEMENT) {
    throw new ArtifactError('trees', `tensor "${name}" has ${end - begin} bytes for ${shape[0]} entries`);
  }
  return [begin, end];
}

function assertTiled(ranges: [number, number][], size: number): void {
  let at = 0;
  for (const [begin, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (begin !== at)
      throw new ArtifactError('trees', `the tensors have a gap or overlap at byte ${Math.min(at, begin)}`);
    at = end;
  }
  if (at !== size) throw new ArtifactError('trees', `there are ${size - at} bytes after the last tensor`);
}
