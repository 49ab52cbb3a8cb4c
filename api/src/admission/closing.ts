import type { Socket } from 'node:net';
import { deadline } from './deadlines.ts';

/** After a refusal, at most this many times the largest body is read. */
const largestBodies = 8;
/** After a refusal, reading stops after this time, in milliseconds. */
const longestReading = 30_000;
/** Milliseconds that the client has to close its side of a connection. */
const lastStage = 2000;

interface Unread {
  socket: Socket;
  /** Absent for `inject`, which has no connection. */
  complete?: boolean;
  headers: { 'content-length'?: string; 'transfer-encoding'?: string };
  on(event: 'data', listener: (chunk: Buffer) => void): Unread;
  once(event: 'end', listener: () => void): Unread;
  resume(): unknown;
}

/** Functions that stop the reading, by connection. */
const refused = new Map<Socket, () => void>();

/** Whether the client of this connection still sends a request that was refused. */
export const isRefused = (socket: Socket): boolean => refused.has(socket);

/** Stops reading refused requests: a server that stops does not wait for them. */
export function leaveRefused(): void {
  for (const stop of refused.values()) stop();
}

/**
 * Reads and discards the rest of a refused request, so that the client gets to read the response: closing a connection with unread bytes
 * resets it, and the client may lose the response (RFC 9112, §9.6). Call this before the response is sent.
 * @param bodyBytes limit for the body of a request
 * @returns whether the connection cannot be used for another request
 */
export function discardRest(request: Unread, bodyBytes: number, isLate: boolean): boolean {
  const { socket, headers } = request;
  const length = headers['content-length'];
  const hasBody = length !== undefined || headers['transfer-encoding'] !== undefined;
  if (request.complete !== false || !hasBody) return false;
  let left = largestBodies * bodyBytes;
  let isOver = isLate;
  let isAnswered = false;
  let isClosing = false;
  const giveUp = deadline(longestReading, stop);

  function forget(): void {
    giveUp();
    refused.delete(socket);
  }
  function stop(): void {
    if (isClosing) return;
    isClosing = true;
    isOver = true;
    giveUp();
    closeInStages(socket);
  }
  // Node calls this once the last response of a connection is written
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

/** Closes the sending side; the whole connection is closed when the client closes its side, or after a while. */
export function closeInStages(socket: Socket): void {
  socket.end();
  const forget = deadline(lastStage, () => socket.destroy());
  socket.once('close', forget);
}
