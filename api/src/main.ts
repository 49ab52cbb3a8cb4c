import { pino } from 'pino';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import { listenUntilStopped, run } from './listen.ts';

/** The API alone, as its container runs it. */
await run(async () => {
  const config = readConfig(process.env, { port: 3000, logLevel: 'info' });
  const app = await buildApp({ ...config, logger: pino({ level: config.logLevel }) });
  await listenUntilStopped(app, config);
});
