import { ImportFault } from '../imported.ts';

/** Values inside one another; a model has six. */
const mostLevels = 64;

/** Bytes of the numbers of each type, and how one is read. Big-endian. */
const numbers: Readonly<Record<string, [size: number, read: (view: DataView, at: number) => number]>> = {
  i: [1, (view, at) => view.getInt8(at)],
  U: [1, (view, at) => view.getUint8(at)],
  I: [2, (view, at) => view.getInt16(at)],
  l: [4, (view, at) => view.getInt32(at)],
  L: [8, (view, at) => Number(view.getBigInt64(at))],
  d: [4, (view, at) => view.getFloat32(at)],
  D: [8, (view, at) => view.getFloat64(at)],
};

/**
 * Parses Universal Binary JSON, Draft 12 (https://ubjson.org), as far as XGBoost writes it: counts before arrays, objects without one. Arrays
 * of one type become Float64Arrays. No array is made before its bytes are known to be there.
 * @throws ImportFault
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const fault = (why: string): never => {
    throw new ImportFault(`is not whole UBJSON: ${why} at byte ${at}`);
  };
  const need = (size: number): void => {
    if (!(size <= bytes.length - at)) fault('the file ends');
  };
  const marker = (): string => {
    need(1);
    return String.fromCharCode(bytes[at++]);
  };
  const number = (type: string): number => {
    const [size, read] = numbers[type] ?? fault(`there is the type "${type}"`);
    need(size);
    at += size;
    return read(view, at - size);
  };
  const length = (type = marker()): number => {
    const size = number(type);
    return Number.isInteger(size) && size >= 0 ? size : fault('a length is negative');
  };
  const text = (size: number): string => {
    need(size);
    at += size;
    return Buffer.from(bytes.buffer, bytes.byteOffset + at - size, size).toString('utf8');
  };

  function typedArray(): Float64Array {
    const type = marker();
    if (marker() !== '#') fault('an array of one type has no length');
    const count = length();
    const [size, read] = numbers[type] ?? fault(`an array has the type "${type}"`);
    need(count * size);
    const from = at;
    at += count * size;
    return Float64Array.from({ length: count }, (_, i) => read(view, from + i * size));
  }

  function array(level: number): unknown {
    const first = marker();
    if (first === '$') return typedArray();
    const items: unknown[] = [];
    if (first === '#') {
      const count = length();
      need(count); // each item has a byte at least
      for (let i = 0; i < count; i++) items.push(value(marker(), level));
      return items;
    }
    for (let type = first; type !== ']'; type = marker()) items.push(value(type, level));
    return items;
  }

  function object(level: number): Record<string, unknown> {
    const members: Record<string, unknown> = Object.create(null);
    for (let type = marker(); type !== '}'; type = marker())
      members[text(length(type))] = value(marker(), level);
    return members;
  }

  function value(type: string, level: number): unknown {
    if (level > mostLevels) fault(`there are more than ${mostLevels} values inside one another`);
    if (type === '{') return object(level + 1);
    if (type === '[') return array(level + 1);
    if (type === 'S') return text(length());
    if (type === 'T' || type === 'F') return type === 'T';
    if (type === 'Z') return null;
    return number(type);
  }

  const document = value(marker(), 0);
  if (at !== bytes.length) fault('the file goes on');
  return document;
}
