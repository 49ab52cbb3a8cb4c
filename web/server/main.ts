import Fastify from 'fastify';
import { staticSite } from './static-site.ts';

const app = Fastify({ logger: true });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    app.log.info(`stopping on ${signal}`);
    await app.close();
  });
}

try {
  await app.register(staticSite);
  await app.listen({ host: process.env.HOST || '0.0.0.0', port: Number(process.env.PORT || 8080) });
} catch (error) {
  app.log.fatal(error);
  process.exitCode = 1;
}
