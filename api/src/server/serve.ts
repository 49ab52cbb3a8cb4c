import { once } from 'node:events';
import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from 'pino';
import { logServing, type Serving, warmUp } from '../serving/index.ts';
import type { Config } from './config.ts';
import { listenUntilStopped } from './listen.ts';

/**
 * Imports the rest of the server while the loading thread reads the first version, listens, and then warms up.
 * @param importSite imports the page, if this process serves it too
 * @returns the port
 */
export async function serve(
  config: Config,
  { serving, logger }: { serving: Serving; logger: Logger },
  importSite?: () => Promise<FastifyPluginAsync>,
): Promise<number> {
  logServing(serving, logger);
  await beginServing(serving);
  const [{ buildApp }, site] = await Promise.all([import('../app.ts'), importSite?.()]);
  const port = await listenUntilStopped(await buildApp({ ...config, serving, logger, site }), config);
  if (serving.since) await warmUp(serving.model());
  return port;
}

/** Starts to serve. Once it resolves, the loading thread is at work, and this thread is free for the imports. */
async function beginServing(serving: Serving): Promise<void> {
  await Promise.race([once(serving.events, 'load'), serving.start()]);
}
