import { setTimeout as wait } from 'node:timers/promises';
import Fastify from 'fastify';
import { staticSite } from './static-site.ts';

const app = Fastify({
  logger: true,
  http: { joinDuplicateHeaders: true }, // a second Host makes none of both
});
app.removeAllContentTypeParsers(); // a body that nothing takes is not waited for, nor is its client cut off over it
let stopping = false;

app.addHook('onRequest', ({ headers: { host } }, _reply, done) => {
  const isOne = !host || (/^[\w.~:[\]-]+$/.test(host) && URL.canParse(`http://${host}`));
  done(isOne ? undefined : Object.assign(new Error('send one header Host'), { statusCode: 400 }));
});

// Where a gateway asks: not ready at once, so that it sends visitors elsewhere, and deaf only when it has had the time to notice.
app.get('/health', (_request, reply) =>
  reply
    .code(stopping ? 503 : 200)
    .header('cache-control', 'no-store')
    .send({ status: stopping ? 'stopping' : 'ok' }),
);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    if (stopping) process.exit(1); // the second one ends it
    stopping = true;
    app.log.info(`stopping on ${signal}`);
    await wait(Number(process.env.DRAIN_SECONDS || 0) * 1000);
    await app.close();
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
