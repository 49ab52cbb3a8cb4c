import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTensors, encodeTensors } from './safetensors.ts';

const kinds = { a: 'F64', b: 'I32', c: 'U8' } as const;
const tensors = { a: Float64Array.of(1.5, -0), b: Int32Array.of(7, -1, 3), c: Uint8Array.of(1, 2, 3, 4, 5) };

/** The file with a changed header and a matching header length. */
function withHeader(
  change: (header: Record<string, { dtype: string; shape: unknown; data_offsets: unknown }>) => void,
): Uint8Array {
  const bytes = encodeTensors(tensors);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  change(header);
  const json = new TextEncoder().encode(JSON.stringify(header));
  const changed = new Uint8Array(8 + json.length + bytes.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(json.length), true);
  changed.set(json, 8);
  changed.set(bytes.subarray(8 + length), 8 + json.length);
  return changed;
}

test('any numbers are read back as they were written', () => {
  fc.assert(
    fc.property(fc.float64Array(), fc.int32Array(), fc.uint8Array(), (a, b, c) => {
      expect(decodeTensors(encodeTensors({ a, b, c }), kinds)).toEqual({ a, b, c });
    }),
  );
});

test('a view into a larger buffer can be read', () => {
  const bytes = encodeTensors(tensors);
  const larger = Buffer.alloc(bytes.length + 3);
  larger.set(bytes, 3);
  expect(decodeTensors(larger.subarray(3), kinds)).toEqual(tensors);
});

test('the data start at a multiple of eight bytes', () => {
  const bytes = encodeTensors(tensors);
  expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
});

test.each([
  ['a file that ends early', () => encodeTensors(tensors).subarray(0, 5), 'ends after 5 bytes'],
  ['a truncated last tensor', () => encodeTensors(tensors).subarray(0, -1), 'ends at byte'],
  [
    'bytes after the last tensor',
    () => Buffer.concat([encodeTensors(tensors), Buffer.of(0)]),
    'there are 1 bytes after the last tensor',
  ],
  ['a missing tensor', () => encodeTensors({ a: tensors.a, b: tensors.b }), 'tensor "c" is missing'],
  ['an unknown tensor', () => encodeTensors({ ...tensors, d: tensors.c }), 'does not belong to a forest'],
  ['another type', () => encodeTensors({ ...tensors, b: tensors.a }), 'not of type I32'],
  ['a matrix', () => withHeader((h) => Object.assign(h.c, { shape: [5, 1] })), 'not a vector'],
  [
    'a shape that does not match',
    () => withHeader((h) => Object.assign(h.c, { shape: [4] })),
    '5 bytes for 4 entries',
  ],
  [
    'a negative offset',
    () => withHeader((h) => Object.assign(h.c, { data_offsets: [-1, 4] })),
    'no valid offsets',
  ],
  ['an overlap', () => withHeader((h) => Object.assign(h.b, { data_offsets: [8, 20] })), 'gap or overlap'],
  ['no offsets', () => withHeader((h) => Object.assign(h.c, { data_offsets: 'all' })), 'no valid offsets'],
])('%s is refused', (_name, bytes, reason) => {
  expect(() => decodeTensors(bytes(), kinds)).toThrow(reason);
});

test('a header that claims ten gigabytes is refused before memory is allocated', () => {
  const bytes = encodeTensors(tensors);
  new DataView(bytes.buffer).setBigUint64(0, 10n << 30n, true);
  expect(() => decodeTensors(bytes, kinds)).toThrow('the header claims 10737418240 bytes');
});

test('a header that is not a JSON object is refused', () => {
  const bytes = encodeTensors(tensors);
  bytes[8] = 0x5b;
  expect(() => decodeTensors(bytes, kinds)).toThrow('trees check: the header is not JSON');
});
