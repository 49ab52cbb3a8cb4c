import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { ConfigError } from '../server/config-error.ts';

/** Not imported: that would load all of Node's HTTP, WebSocket and fetch too, at each start. */
const { createServer } = process.getBuiltinModule('node:http');

/** Serves the metrics on a separate port, from before the first request until the API is closed. */
export function listenApart(app: FastifyInstance, register: Registry, host: string, port: number): void {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': register.contentType, 'cache-control': 'no-store' });
    response.end(await register.metrics());
  });
  app.addHook('onReady', async () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, host, resolve);
    await promise.catch((cause: NodeJS.ErrnoException) => {
      throw new ConfigError(`METRICS_PORT is ${port}, which cannot be used: ${cause.code}`, { cause });
    });
    app.log.info({ port: (server.address() as AddressInfo).port }, 'metrics are served');
  });
  app.addHook('onClose', async () => {
    server.close();
  });
}
