import type { Worker } from 'node:worker_threads';
import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';
import { beginServing, createServing, logServing, warmUp } from './serving/index.ts';

/** Runs the API. @param loadThread the thread to load models in; without one it runs as Amazon SageMaker has it */
export const serveApi = (loadThread?: Worker): Promise<void> =>
  run(async () => {
    const sagemaker = loadThread ? undefined : await import('./sagemaker/index.ts');
    const env = sagemaker ? sagemaker.sagemakerEnvironment(process.env) : process.env;
    const config = readConfig(env, { port: 3000, logLevel: 'info' });
    const logger = createLogger(config.logLevel);
    const serving = sagemaker?.serveBare(config.models) ?? createServing({ ...config, loadThread });
    logServing(serving, logger);
    await beginServing(serving);
    const { buildApp } = await import('./app.ts');
    await listenUntilStopped(await buildApp({ ...config, serving, logger }), config);
    if (serving.since) await warmUp(serving.model());
  });
