import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Limits } from './limits.ts';

/** Bytes a second at which an answer has to be taken at least, after the time in which a connection may be idle. */
const slowest = 10_000;

interface Pending {
  /** Bytes that had been taken when it was looked at first. */
  taken: number;
  /** When it has to have gone on, on the clock of `performance`. */
  until: number;
}

/**
 * Resets connections that take what they are sent so slowly that they would hold its memory for hours: a byte now and then is enough not
 * to be idle. One timer looks through all connections, for most answers are taken at once.
 */
export function resetSlowReaders(app: FastifyInstance, { idleSeconds }: Pick<Limits, 'idleSeconds'>): void {
  const connections = new Map<Socket, Pending | undefined>();

  function look(): void {
    const now = performance.now();
    for (const [socket, pending] of connections) {
      const { writableLength } = socket;
      if (writableLength === 0) {
        if (pending) connections.set(socket, undefined);
        continue;
      }
      const taken = socket.bytesWritten - writableLength;
      if (pending?.taken !== taken)
        connections.set(socket, { taken, until: now + (idleSeconds + writableLength / slowest) * 1000 });
      else if (now > pending.until) socket.resetAndDestroy();
    }
  }

  const timer = setInterval(look, idleSeconds * 100).unref();
  app.addHook('onClose', async () => clearInterval(timer));
  app.server.on('connection', (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });
}
