import { ImportFault } from '../imported.ts';

/** The fields of a message of Protocol Buffers: number of the field → its values in order; bytes, or numbers of variable or fixed length. */
export type Message = ReadonlyMap<number, readonly (Uint8Array | number)[]>;

/**
 * Splits a message into its fields (https://protobuf.dev/programming-guides/encoding). Nothing is copied; what a field holds is read by
 * whoever knows its type. @throws ImportFault where it ends early
 */
export function fieldsOf(bytes: Uint8Array): Message {
  const fields = new Map<number, (Uint8Array | number)[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const need = (size: number): void => {
    if (!(size <= bytes.length - at))
      throw new ImportFault('is not whole: a field of its ONNX graph ends behind the file');
  };
  while (at < bytes.length) {
    const [key, next] = varint(bytes, at);
    at = next;
    const [field, wire] = [Math.floor(key / 8), key % 8];
    let value: Uint8Array | number;
    if (wire === 0) [value, at] = varint(bytes, at);
    else if (wire === 2) {
      const [size, start] = varint(bytes, at);
      at = start;
      need(size);
      value = bytes.subarray(at, at + size);
      at += size;
    } else if (wire === 5 || wire === 1) {
      const size = wire === 5 ? 4 : 8;
      need(size);
      value = wire === 5 ? view.getFloat32(at, true) : view.getFloat64(at, true);
      at += size;
    } else throw new ImportFault('is not ONNX: a field has an unknown type');
    const known = fields.get(field);
    if (known) known.push(value);
    else fields.set(field, [value]);
  }
  return fields;
}

/** A whole number of variable length, signed 64 bits; beyond 2^53 it is not exact. */
function varint(bytes: Uint8Array, from: number): [value: number, next: number] {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) return [Number(BigInt.asIntN(64, value)), from + i + 1];
  }
  throw new ImportFault('is not ONNX: a number does not end');
}

/** The messages in a field. */
export const messages = (message: Message, field: number): Uint8Array[] =>
  (message.get(field) ?? []).filter((each) => typeof each !== 'number');

export const text = (message: Message, field: number): string => {
  const [bytes] = messages(message, field);
  return bytes ? Buffer.from(bytes).toString('utf8') : '';
};

export const texts = (message: Message, field: number): string[] =>
  messages(message, field).map((bytes) => Buffer.from(bytes).toString('utf8'));

export const whole = (message: Message, field: number): number => {
  const [value] = message.get(field) ?? [];
  return typeof value === 'number' ? value : 0;
};

/** Whole numbers, one field each or packed into one. */
export function wholes(message: Message, field: number): number[] {
  const found: number[] = [];
  for (const each of message.get(field) ?? []) {
    if (typeof each === 'number') found.push(each);
    else
      for (let at = 0; at < each.length; ) {
        const [value, next] = varint(each, at);
        found.push(value);
        at = next;
      }
  }
  return found;
}

/** Floating-point numbers of 4 or 8 bytes, one field each or packed into one. */
export function floats(message: Message, field: number, size: 4 | 8): Float64Array {
  const found: number[] = [];
  for (const each of message.get(field) ?? []) {
    if (typeof each === 'number') found.push(each);
    else for (const number of packed(each, size)) found.push(number);
  }
  return Float64Array.from(found);
}

/** Numbers in bytes, little-endian. */
export function packed(bytes: Uint8Array, size: 4 | 8): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    size === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true),
  );
}
