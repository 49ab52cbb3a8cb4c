import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';
import { createServing, logServing } from './serving/index.ts';

/** Page and API in one process, for `npm start`: a person at a terminal reads one line, a log gets them all. */
await run(async () => {
  const config = readConfig(process.env, { port: 4200, logLevel: process.stdout.isTTY ? 'warn' : 'info' });
  const logger = createLogger(config.logLevel);
  const serving = createServing(config);
  logServing(serving, logger);
  void serving.start(); // in a thread of its own, while this one loads the rest of the server
  const [{ buildApp }, { staticSite }] = await Promise.all([
    import('./app.ts'),
    import('@hearth/web/server'),
  ]);
  const app = await buildApp({ ...config, serving, logger, site: staticSite });
  const port = await listenUntilStopped(app, config);
  console.log(`Hearth is at http://localhost:${port} (stop it with Ctrl+C)`);
});
