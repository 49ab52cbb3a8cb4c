import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';

type Listening = Pick<Config, 'host' | 'port' | 'drainSeconds' | 'stopSeconds'>;

/**
 * Listens until SIGTERM or SIGINT, then finishes the requests under way and ends. A second signal ends the process at once.
 * @returns the port, chosen by the system if the configuration has 0
 * @throws ConfigError if the address cannot be used
 */
export async function listenUntilStopped(app: FastifyInstance, config: Listening): Promise<number> {
  const { host, port } = config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(128 + constants.signals[signal]);
      stopping = true;
      app.log.info({ signal }, 'stopping');
      void stop(app, config);
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** Becomes not ready first, and stops listening only when gateways have had the time to send requests elsewhere. */
async function stop(app: FastifyInstance, { drainSeconds, stopSeconds }: Listening): Promise<void> {
  setTimeout(() => {
    app.log.warn({ stopSeconds }, 'stopped at the time limit, with requests unfinished');
    process.exit(0);
  }, stopSeconds * 1000);
  app.drain();
  await wait(drainSeconds * 1000);
  await app.close();
  await flush(app.log);
  process.exit(0);
}

/** Written here and not at exit, where a write would wait for ever if nobody reads the pipe any more. */
const flush = (log: FastifyBaseLogger & Partial<Pick<Logger, 'flush'>>): Promise<unknown> =>
  new Promise((resolve) => (log.flush ? log.flush(resolve) : resolve(undefined)));

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(
      `port ${port} is in use by another program; choose another one, such as PORT=${port + 1} (hearth serve --port ${port + 1})`,
    );
  }
  if (error.code === 'EACCES')
    return new ConfigError(`port ${port} needs more rights; set PORT to 1024 or higher`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigError(`HOST is "${host}", which is not an address of this machine`);
  }
  return error;
}

/** Runs a program; an unusable setting ends it with one line on standard error. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`hearth: ${error.message}\n`);
    process.exit(1);
  }
}
