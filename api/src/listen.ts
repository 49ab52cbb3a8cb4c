import type { FastifyInstance } from 'fastify';
import { type Config, ConfigError } from './config.ts';

/**
 * Listens until SIGTERM or SIGINT, then finishes what runs and ends.
 * @returns the port, which the system chooses where the configuration says 0
 * @throws ConfigError where the address cannot be had
 */
export async function listenUntilStopped(app: FastifyInstance, { host, port }: Config): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      app.log.info({ signal }, 'stopping');
      void app.close().then(() => process.exit(0));
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : port;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(
      `port ${port} is in use by another program; choose another one, as in PORT=${port + 1}`,
    );
  }
  if (error.code === 'EACCES')
    return new ConfigError(`port ${port} needs more rights; choose one from 1024 on in PORT`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new ConfigError(`HOST is "${host}", which is no address of this machine`);
  }
  return error;
}

/** Runs a program; a setting that cannot be used ends it with one line on standard error. */
export async function run(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`hearth: ${error.message}\n`);
    process.exit(1);
  }
}
