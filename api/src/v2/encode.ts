import type { Inference } from './infer.ts';
import type { Output } from './outputs.ts';

/** The body of an answer, and how many of its bytes are JSON if more follow. */
export interface Encoded {
  body: Buffer;
  jsonBytes?: number;
}

/**
 * The inference response object; outputs that are asked for as bytes follow it, in their order.
 * @param isBinary whether outputs are bytes that say nothing themselves
 */
export function encode({ model, id, parameters, outputs }: Inference, isBinary: boolean): Encoded {
  const raw: Buffer[] = [];
  const json = Buffer.from(
    JSON.stringify({
      model_name: model.manifest.name,
      model_version: model.version,
      id,
      parameters,
      outputs: outputs.map(({ isBinary: own = isBinary, name, datatype, shape, data }) => {
        if (!own) return { name, datatype, shape, data: elementsOf(data) };
        const bytes = encodeData(data);
        raw.push(bytes);
        return { name, datatype, shape, parameters: { binary_data_size: bytes.length } };
      }),
    }),
  );
  return raw.length > 0 ? { body: Buffer.concat([json, ...raw]), jsonBytes: json.length } : { body: json };
}

/** The elements as values of JSON. */
export function elementsOf(data: Output['data']): (number | string | boolean)[] {
  if (data instanceof Uint8Array) return Array.from(data, (each) => each === 1);
  return Array.isArray(data) ? data : Array.from(data);
}

/** The elements of a tensor in little endian, each text after its length in four bytes. */
export function encodeData(data: Output['data']): Buffer {
  if (data.length <= few && data instanceof Float64Array) return encodeFew(data);
  if (!Array.isArray(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const lengths = data.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [i, text] of data.entries()) {
    at = bytes.writeUInt32LE(lengths[i], at);
    at += bytes.write(text, at);
  }
  return bytes;
}

/** V8 keeps the numbers of such an array on its own heap, and needs a microsecond to make a buffer of them. */
const few = 8;

function encodeFew(numbers: Float64Array): Buffer {
  const bytes = Buffer.allocUnsafe(8 * numbers.length);
  for (let i = 0; i < numbers.length; i++) bytes.writeDoubleLE(numbers[i], 8 * i);
  return bytes;
}
