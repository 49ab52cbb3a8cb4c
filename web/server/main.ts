import Fastify from 'fastify';
import { staticSite } from './static-site.ts';

const { HOST = '0.0.0.0', PORT = '8080' } = process.env;

const app = Fastify({ logger: true });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    app.log.info(`stopping on ${signal}`);
    await app.close();
  });
}

try {
  await app.register(staticSite);
  await app.listen({ host: HOST, port: Number(PORT) });
} catch (error) {
  app.log.fatal(error);
  process.exitCode = 1;
}
