import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';
import { sagemakerEnvironment, serveBare } from './sagemaker/index.ts';

/** The API alone, as its container runs it; with the argument `serve`, as Amazon SageMaker runs it. */
await run(async () => {
  const forSagemaker = process.argv[2] === 'serve';
  const env = forSagemaker ? sagemakerEnvironment(process.env) : process.env;
  const config = readConfig(env, { port: 3000, logLevel: 'info' });
  const serving = forSagemaker ? serveBare(config.models) : undefined;
  const app = await buildApp({ ...config, serving, logger: createLogger(config.logLevel) });
  await listenUntilStopped(app, config);
});
