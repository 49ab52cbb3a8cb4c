import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Limits } from './limits.ts';

/** Slowest allowed reading of a response in bytes per second, in addition to the time for which a connection may be idle. */
const slowest = 10_000;

interface Pending {
  /** Bytes that the client had read at the first check. */
  read: number;
  /** When the client must have read more, on the clock of `performance`. */
  until: number;
}

/**
 * Resets connections whose client reads so slowly that the response would stay in memory for hours; a byte now and then is enough not to
 * be idle. One timer checks all connections, since most responses are read at once.
 */
export function resetSlowReaders(app: FastifyInstance, { idleSeconds }: Pick<Limits, 'idleSeconds'>): void {
  const connections = new Map<Socket, Pending | undefined>();

  function check(): void {
    const now = performance.now();
    for (const [socket, pending] of connections) {
      const { writableLength } = socket;
      if (writableLength === 0) {
        if (pending) connections.set(socket, undefined);
        continue;
      }
      const read = socket.bytesWritten - writableLength;
      if (pending?.read !== read)
        connections.set(socket, { read, until: now + (idleSeconds + writableLength / slowest) * 1000 });
      else if (now > pending.until) socket.resetAndDestroy();
    }
  }

  const timer = setInterval(check, idleSeconds * 100).unref();
  app.addHook('onClose', async () => clearInterval(timer));
  app.server.on('connection', (socket: Socket) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });
}
