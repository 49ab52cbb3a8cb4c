import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';

/** Serves the metrics on a port of their own, on the address that the API listens on, for as long as it does. */
export function listenApart(app: FastifyInstance, register: Registry, port: number): void {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': register.contentType, 'cache-control': 'no-store' });
    response.end(await register.metrics());
  });
  app.addHook('onListen', async () => {
    const { address } = app.server.address() as AddressInfo;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(port, address, resolve);
    await promise;
    app.log.info({ port: (server.address() as AddressInfo).port }, 'metrics are served');
  });
  app.addHook('onClose', async () => {
    server.close();
  });
}
