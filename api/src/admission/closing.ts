import type { Socket } from 'node:net';
import { deadline } from './deadlines.ts';

/** Bodies of the largest size that are read of a request that is answered already. */
const largestBodies = 8;
/** Milliseconds for which they are. */
const longestReading = 30_000;
/** Milliseconds in which the other side of a connection that is closing has to close it too. */
const lastStage = 2000;

interface Unread {
  socket: Socket;
  /** Absent where the API is asked in process, without a connection. */
  complete?: boolean;
  headers: { 'content-length'?: string; 'transfer-encoding'?: string };
  on(event: 'data', listener: (chunk: Buffer) => void): Unread;
  once(event: 'end', listener: () => void): Unread;
  resume(): unknown;
}

/** What ends to read on, by the connection of the client that is still sending. */
const refused = new Map<Socket, () => void>();

/** Whether a client is still sending what has been refused. */
export const isRefused = (socket: Socket): boolean => refused.has(socket);

/** Ends to read on what is refused: a server that stops does not wait for it. */
export function leaveRefused(): void {
  for (const stop of refused.values()) stop();
}

/**
 * Reads on what a client is still sending of a request that is refused, so that it comes to read why: a connection that is closed
 * with bytes unread is reset, which takes the answer away (RFC 9112, §9.6). To be called before the answer is sent.
 * @param bodyBytes of the largest body that is taken
 * @returns whether the connection cannot be used for another request
 */
export function readOn(request: Unread, bodyBytes: number, isLate: boolean): boolean {
  const { socket, headers } = request;
  const length = headers['content-length'];
  const hasBody = length !== undefined || headers['transfer-encoding'] !== undefined;
  if (request.complete !== false || !hasBody) return false;
  let left = largestBodies * bodyBytes;
  let isOver = isLate;
  let isAnswered = false;
  const giveUp = deadline(longestReading, stop);

  function forget(): void {
    giveUp();
    refused.delete(socket);
  }
  function stop(): void {
    isOver = true;
    giveUp();
    closeInStages(socket);
  }
  // what Node does when the answer is written, where it is the last one
  socket.destroySoon = () => {
    isAnswered = true;
    if (isLate) stop();
  };
  refused.set(socket, stop);
  socket.once('close', forget);
  request.on('data', (chunk) => {
    left -= chunk.length;
    if (left < 0 && !isOver) stop();
  });
  request.once('end', () => {
    forget();
    socket.off('close', forget);
    Reflect.deleteProperty(socket, 'destroySoon');
    if (isAnswered) socket.destroySoon();
  });
  request.resume();
  return length === undefined || Number(length) > left;
}

/** Ends what is sent; the connection is closed when the other side has done so, or has had the time to. */
export function closeInStages(socket: Socket): void {
  socket.end();
  const forget = deadline(lastStage, () => socket.destroy());
  socket.once('close', forget);
}
