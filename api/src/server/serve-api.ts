import type { Worker } from 'node:worker_threads';
import { assertModels, createServing } from '../serving/index.ts';
import { type Config, ports, readConfig } from './config.ts';
import { run } from './listen.ts';
import { createLogger } from './logger.ts';
import { serve } from './serve.ts';

/** Runs the API. */
export const serveApi = (loadThread: Worker): Promise<void> =>
  run(async () => {
    const config = configOf(process.env);
    await assertModels(config.models, config.model);
    await serve(config, {
      serving: createServing({ ...config, loadThread }),
      logger: await createLogger(config.logLevel),
    });
  });

/** Runs the API as a container of Amazon SageMaker, on the version that SageMaker unpacked. */
export const serveSagemaker = (): Promise<void> =>
  run(async () => {
    const { sagemakerEnvironment, serveBare } = await import('../sagemaker/index.ts');
    const config = configOf(sagemakerEnvironment(process.env));
    await serve(config, { serving: serveBare(config.models), logger: await createLogger(config.logLevel) });
  });

const configOf = (env: NodeJS.ProcessEnv): Config => readConfig(env, { port: ports.api });
