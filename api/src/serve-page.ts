import type { Worker } from 'node:worker_threads';
import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';
import { beginServing, createServing, logServing, warmUp } from './serving/index.ts';

/** Runs page and API in one process: a person at a terminal reads one line, a log gets them all. */
export const servePage = (loadThread: Worker): Promise<void> =>
  run(async () => {
    const config = readConfig(process.env, { port: 4200, logLevel: process.stdout.isTTY ? 'warn' : 'info' });
    const logger = createLogger(config.logLevel);
    const serving = createServing({ ...config, loadThread });
    logServing(serving, logger);
    await beginServing(serving);
    const [{ buildApp }, { staticSite }] = await Promise.all([
      import('./app.ts'),
      import('@hearth/web/server'),
    ]);
    const app = await buildApp({ ...config, serving, logger, site: staticSite });
    const port = await listenUntilStopped(app, config);
    console.log(`Hearth is at http://localhost:${port} (stop it with Ctrl+C)`);
    if (serving.since) await warmUp(serving.model());
  });
