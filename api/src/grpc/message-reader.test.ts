import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { framed, MessageReader } from './message-reader.ts';

const compressed = (bytes: Buffer): Buffer => {
  const message = framed(bytes);
  message[0] = 1;
  return message;
};

test('messages are the same, wherever their bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.array(fc.nat(200)), (messages, cuts) => {
      const bytes = Buffer.concat(messages.map(framed));
      const reader = new MessageReader(1000);
      const ends = [...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const read = ends.flatMap((end, i) => [...reader.take(bytes.subarray(ends[i - 1] ?? 0, end))]);
      expect(read.map((each) => [...(reader.open(each) as Buffer)])).toEqual(
        messages.map((each) => [...each]),
      );
      expect(reader.isWithin).toBe(false);
    }),
  );
});

test('compressed messages are unpacked, within the limit', async () => {
  const text = Buffer.from('a'.repeat(500));
  const read = (coding: string | undefined, bytes: Buffer, most = 1000) => {
    const reader = new MessageReader(most, coding);
    const [message] = reader.take(compressed(bytes));
    return Promise.resolve(reader.open(message)).then(String, ({ code, message }) => [code, message]);
  };
  expect(await read('gzip', gzipSync(text))).toBe(String(text));
  expect(await read('deflate', deflateSync(text))).toBe(String(text));
  expect(await read('gzip', gzipSync(text), 400)).toEqual([
    'RESOURCE_EXHAUSTED',
    'the message is too large: it unpacks into more than 400 bytes',
  ]);
  expect(await read('gzip', text)).toEqual(['INTERNAL', expect.stringContaining('not gzip')]);
  expect(await read('snappy', text)).toEqual(['UNIMPLEMENTED', expect.stringContaining('deflate')]);
  expect(await read(undefined, text)).toEqual(['INTERNAL', expect.stringContaining('grpc-encoding')]);
});

test('a message that is too long is refused by its length, before its bytes are there', () => {
  const prefix = framed(new Uint8Array(20)).subarray(0, 5);
  expect(() => [...new MessageReader(10).take(prefix)]).toThrow('it has 20 bytes, and may have 10');
});
