import { gunzip, inflate } from 'node:zlib';
import { Refused } from './refusals.ts';

/** The flag of compression and the length before each message. */
const prefixBytes = 5;

/** Codings of a message that are read. */
const codings = 'identity,deflate,gzip';

/**
 * Cuts the bytes of a stream into messages (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, Length-Prefixed-Message). Bytes are
 * copied once, into the message that they belong to.
 */
export class MessageReader {
  readonly #most: number;
  readonly #coding: string;
  readonly #prefix = Buffer.allocUnsafe(prefixBytes);
  #prefixRead = 0;
  #message: Buffer | undefined;
  #read = 0;

  /**
   * @param most bytes of the longest message, also when unpacked
   * @param coding the header `grpc-encoding`
   */
  constructor(most: number, coding = 'identity') {
    this.#most = most;
    this.#coding = coding;
  }

  /** Whether a message has begun and is not complete. */
  get isWithin(): boolean {
    return this.#prefixRead > 0;
  }

  /** The messages that are complete with these bytes. @throws Refused for one that is too long */
  take(bytes: Buffer): (Buffer | Promise<Buffer>)[] {
    const complete: (Buffer | Promise<Buffer>)[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#prefixRead < prefixBytes) {
        const copied = bytes.copy(this.#prefix, this.#prefixRead, at);
        this.#prefixRead += copied;
        at += copied;
        if (this.#prefixRead < prefixBytes) break;
        this.#message = this.#begin();
      }
      const message = this.#message as Buffer;
      const copied = bytes.copy(message, this.#read, at);
      this.#read += copied;
      at += copied;
      if (this.#read < message.length) break;
      complete.push(this.#prefix[0] === 0 ? message : unpack(message, this.#coding, this.#most));
      this.#prefixRead = 0;
      this.#read = 0;
    }
    return complete;
  }

  #begin(): Buffer {
    const length = this.#prefix.readUInt32BE(1);
    if (length > this.#most) throw tooLong(`it has ${length} bytes, and may have ${this.#most}`);
    return Buffer.allocUnsafe(length);
  }
}

const tooLong = (why: string): Refused =>
  new Refused('RESOURCE_EXHAUSTED', `the message is too large: ${why}`);

function unpack(message: Buffer, coding: string, most: number): Promise<Buffer> {
  const unpacked = { gzip: gunzip, deflate: inflate }[coding];
  if (coding === 'identity')
    return Promise.reject(
      new Refused('INTERNAL', 'a message is compressed, and grpc-encoding does not say how'),
    );
  if (!unpacked)
    return Promise.reject(
      new Refused('UNIMPLEMENTED', `messages can be compressed by ${codings}`, {
        'grpc-accept-encoding': codings,
      }),
    );
  return new Promise((resolve, reject) => {
    unpacked(message, { maxOutputLength: most }, (error: NodeJS.ErrnoException | null, bytes) => {
      if (!error) resolve(bytes);
      else if (error.code === 'ERR_BUFFER_TOO_LARGE')
        reject(tooLong(`it unpacks into more than ${most} bytes`));
      else reject(new Refused('INTERNAL', `a message is not ${coding}, which its grpc-encoding says`));
    });
  });
}

/** A message with its prefix. It is not compressed. */
export function framed(message: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(prefixBytes + message.length);
  bytes[0] = 0;
  bytes.writeUInt32BE(message.length, 1);
  bytes.set(message, prefixBytes);
  return bytes;
}
