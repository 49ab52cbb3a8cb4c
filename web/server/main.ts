import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';
import { staticSite } from './static-site.ts';

/** The path below which clients reach this server; a proxy may pass it on or remove it. */
const basePath = (process.env.BASE_PATH ?? '').replace(/\/$/, '');

const app = Fastify({
  logger: true,
  rewriteUrl: ({ url = '/' }) =>
    basePath !== '' && url.startsWith(`${basePath}/`) ? url.slice(basePath.length) : url,
  http: { joinDuplicateHeaders: true }, // two Host headers are joined with a comma, and refused below
});
app.removeAllContentTypeParsers(); // an unwanted body is not read, and its client can still read the reply
let stopping = false;
/** Milliseconds for files that are being sent when the server stops. Browsers open connections in advance; Node takes them for busy. */
const longestFile = 3000;

app.addHook('onRequest', ({ headers: { host } }, _reply, done) => {
  const isValid = !host || (/^[\w.~:[\]-]+$/.test(host) && URL.canParse(`http://${host}`));
  done(
    isValid
      ? undefined
      : Object.assign(new Error('send one Host header with a host name'), { statusCode: 400 }),
  );
});

// The gateway's health check: 503 as soon as the server drains, so that the gateway stops sending requests before it closes.
app.get('/health', (_request, reply) =>
  reply
    .code(stopping ? 503 : 200)
    .header('cache-control', 'no-store')
    .send({ status: stopping ? 'stopping' : 'ok' }),
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    if (stopping) process.exit(1); // a second signal ends the process at once
    stopping = true;
    app.log.info(`stopping on ${signal}`);
    await wait(Number(process.env.DRAIN_SECONDS || 0) * 1000);
    const closed = app.close();
    setTimeout(() => app.server.closeAllConnections(), longestFile);
    await closed;
    process.exit(0);
  });
}

try {
  await app.register(staticSite);
  await app.listen({ host: process.env.HOST || '0.0.0.0', port: Number(process.env.PORT || 8080) });
} catch (error) {
  app.log.fatal(error);
  process.exitCode = 1;
}
