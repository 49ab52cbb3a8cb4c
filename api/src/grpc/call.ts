import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { framed } from './message-reader.ts';
import type { Ending } from './refusals.ts';
import { type StatusName, status } from './status.ts';

/** Who calls, as a request of HTTP says it. */
export interface Caller {
  headers: IncomingHttpHeaders;
  /** The address of the client; behind trusted proxies as they say it. */
  ip: string;
}

/** A call that is being answered. */
export interface Call extends Caller {
  id: string;
  /** Seconds until the client gives up. */
  secondsLeft(): number;
}

export const contentType = 'application/grpc';

/** Milliseconds of the units of the header `grpc-timeout`. */
const units: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** Milliseconds that the client waits, by its header `grpc-timeout`; undefined if it says nothing that can be read. */
export function timeoutOf({ 'grpc-timeout': timeout }: IncomingHttpHeaders): number | undefined {
  if (timeout === undefined) return undefined;
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(timeout)) ?? [];
  return digits === undefined ? undefined : Number(digits) * units[unit];
}

/** The answer to a call, on its stream of HTTP/2. What comes after the end has no effect: the client has gone, or got another end. */
export class Answering {
  readonly #stream: ServerHttp2Stream;
  readonly #headers: Record<string, string>;
  readonly #ended: (code: StatusName) => void;
  #ending: Ending | undefined;

  /** @param ended called once */
  constructor(stream: ServerHttp2Stream, id: string, ended: (code: StatusName) => void) {
    this.#stream = stream;
    this.#headers = { 'content-type': contentType, 'x-request-id': id };
    this.#ended = ended;
    stream.on('close', () => this.#end({ code: 'CANCELLED', message: '', trailers: {} }));
    // a reset by the client is an error of the stream; 'close' follows
    stream.on('error', () => this.#end({ code: 'CANCELLED', message: '', trailers: {} }));
  }

  get isOver(): boolean {
    return this.#ending !== undefined;
  }

  /** @returns whether to send the next message at once; otherwise after 'drain' of the stream */
  send(message: Uint8Array): boolean {
    if (this.isOver || this.#stream.destroyed) return true;
    if (!this.#stream.headersSent) this.#respond();
    return this.#stream.write(framed(message));
  }

  /** Sends the last message and OK. */
  complete(message: Uint8Array): void {
    if (!this.#end(ok) || this.#stream.destroyed) return;
    this.#respond();
    this.#stream.end(framed(message));
  }

  /** Ends the call; nothing more that the client sends is read. */
  end(ending: Ending = ok): void {
    const stream = this.#stream;
    if (!this.#end(ending) || stream.destroyed) return;
    if (stream.headersSent) stream.end();
    else {
      stream.respond({ ...this.#headers, ...trailersOf(ending) }, { endStream: true });
      this.#stopReading();
    }
  }

  /** RFC 9113, section 8.1: a server that has answered asks the client to stop sending, without an error. */
  #stopReading(): void {
    if (!this.#stream.readableEnded) this.#stream.close(constants.NGHTTP2_NO_ERROR);
  }

  #respond(): void {
    this.#stream.respond(this.#headers, { waitForTrailers: true });
    this.#stream.once('wantTrailers', () => {
      const ending = this.#ending ?? ok;
      this.#stream.sendTrailers(ending === ok ? okTrailers : trailersOf(ending));
      if (!this.#stream.readableEnded) setImmediate(() => this.#stopReading());
    });
  }

  #end(ending: Ending): boolean {
    if (this.#ending) return false;
    this.#ending = ending;
    this.#ended(ending.code);
    return true;
  }
}

const ok: Ending = { code: 'OK', message: '', trailers: {} };

const okTrailers = { 'grpc-status': '0' };

const trailersOf = ({ code, message, trailers }: Ending): Record<string, string> => ({
  'grpc-status': String(status[code]),
  ...(message !== '' && { 'grpc-message': percentEncoded(message) }),
  ...trailers,
});

/** A message as a header: all but printable ASCII, and the percent sign, as bytes of UTF-8 in hexadecimal. */
const percentEncoded = (text: string): string =>
  text.replace(/[^ -$&-~]+/g, (some) =>
    Array.from(Buffer.from(some), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
