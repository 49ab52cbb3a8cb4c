import { MessageReader } from 'apache-arrow';
import { ByteBuffer } from 'flatbuffers';

/*
 * apache-arrow trusts the lengths in a stream: 1 kB that announces two thousand million fields keeps it busy for a minute. So the lengths of
 * vectors in its messages are limited by their bytes, and those of batches are checked before it reads them.
 */

/** Elements of vectors that were announced in a message, by message. */
const announced = new WeakMap<ByteBuffer, number>();
const lengthOf = ByteBuffer.prototype.__vector_len;

ByteBuffer.prototype.__vector_len = function limitedLength(offset: number): number {
  const length = lengthOf.call(this, offset);
  const all = (announced.get(this) ?? 0) + length;
  announced.set(this, all);
  // each element has a byte at least, and is read twice at most
  if (length < 0 || all > 2 * this.capacity()) throw new RangeError('a vector is longer than its message');
  return length;
};

/** What the headers of batches have. */
interface Batch {
  length: number;
  nodes: { length: number }[];
}

/** Checks the lengths of all batches, without reading a column. @throws Error for one that the bytes cannot hold */
export function assertLengths(bytes: Buffer): void {
  const most = 8 * bytes.length; // a boolean has a bit
  const reader = new MessageReader(bytes);
  for (let next = reader.next(); !next.done; next = reader.next()) {
    const message = next.value;
    if (message.isRecordBatch() || message.isDictionaryBatch()) {
      const header = message.header() as unknown as Batch & { data?: Batch };
      const { length, nodes } = header.data ?? header;
      for (const each of [length, ...nodes.map((node) => node.length)])
        if (!(each >= 0 && each <= most)) throw new RangeError('a batch is longer than the stream');
    }
    reader.readMessageBody(message.bodyLength);
  }
}
