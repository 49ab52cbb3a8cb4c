import { staticSite } from '@hearth/web/server';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';
import { createLogger } from './logger.ts';

/** Page and API in one process, for `npm start`: a person at a terminal reads one line, a log gets them all. */
await run(async () => {
  const config = readConfig(process.env, { port: 4200, logLevel: process.stdout.isTTY ? 'warn' : 'info' });
  const app = await buildApp({ ...config, logger: createLogger(config.logLevel), site: staticSite });
  const port = await listenUntilStopped(app, config);
  console.log(`Hearth is at http://localhost:${port} (stop it with Ctrl+C)`);
});
