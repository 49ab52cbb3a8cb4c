import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';
import { createServing, logServing } from './serving/index.ts';

/** The API alone, as its container runs it; with the argument `serve`, as Amazon SageMaker runs it. */
await run(async () => {
  const sagemaker = process.argv[2] === 'serve' ? await import('./sagemaker/index.ts') : undefined;
  const env = sagemaker ? sagemaker.sagemakerEnvironment(process.env) : process.env;
  const config = readConfig(env, { port: 3000, logLevel: 'info' });
  const logger = createLogger(config.logLevel);
  const serving = sagemaker?.serveBare(config.models) ?? createServing(config);
  logServing(serving, logger);
  void serving.start(); // in a thread of its own, while this one loads the rest of the server
  const { buildApp } = await import('./app.ts');
  await listenUntilStopped(await buildApp({ ...config, serving, logger }), config);
});
