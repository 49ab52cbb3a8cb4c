import { gunzip, inflate } from 'node:zlib';
import { Refused } from './refusals.ts';

/** The flag of compression and the length before each message. */
const prefixBytes = 5;

/** Codings of a message that are read. */
const codings = 'identity,deflate,gzip';

/** A message as it came. */
export interface Message {
  bytes: Buffer;
  isCompressed: boolean;
}

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

  /** The messages that are complete with these bytes. @throws Refused for one that is too long, after those before it */
  *take(bytes: Buffer): Generator<Message> {
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
      this.#prefixRead = 0;
      this.#read = 0;
      yield { bytes: message, isCompressed: this.#prefix[0] !== 0 };
    }
  }

  /** The content of a message, for when it is its turn: many small ones can unpack into much. @throws Refused, from the promise */
  open({ bytes, isCompressed }: Message): Buffer | Promise<Buffer> {
    return isCompressed ? unpack(bytes, this.#coding, this.#most) : bytes;
  }

  #begin(): Buffer {
    const length = this.#prefix.readUInt32BE(1);
    if (length > this.#most) throw tooLong(`it has ${length} bytes, and may have ${this.#most}`);
    return Buffer.allocUnsafe(length);
  }
}

const tooLong = (why: string): Refused =>
  new Refused('RESOURCE_EXHAUSTED', `the message is too large: ${why}`);

async function unpack(message: Buffer, coding: string, most: number): Promise<Buffer> {
  if (coding === 'identity')
    throw new Refused('INTERNAL', 'a message is compressed, and grpc-encoding does not say how');
  const unpacked = { gzip: gunzip, deflate: inflate }[coding];
  if (!unpacked)
    throw new Refused('UNIMPLEMENTED', `messages can be compressed by ${codings}`, {
      'grpc-accept-encoding': codings,
    });
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
