import type { Worker } from 'node:worker_threads';
import { assertModels, createServing } from '../serving/index.ts';
import { ports, readConfig } from './config.ts';
import { run } from './listen.ts';
import { createLogger } from './logger.ts';
import { serve } from './serve.ts';

/** Runs page and API in one process. A terminal gets one line and warnings, any other output the whole log. */
export const servePage = (loadThread: Worker): Promise<void> =>
  run(async () => {
    const config = readConfig(process.env, {
      port: ports.page,
      logLevel: process.stdout.isTTY ? 'warn' : 'info',
    });
    await assertModels(config.models, config.model);
    const port = await serve(
      config,
      { serving: createServing({ ...config, loadThread }), logger: await createLogger(config.logLevel) },
      async () => (await import('@hearth/web/server')).staticSite,
    );
    console.log(`Hearth is at http://localhost:${port} (stop it with Ctrl+C)`);
  });
