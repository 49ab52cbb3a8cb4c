import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '../..');
const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

interface Health {
  status: string;
  model: { version: string };
  refusal?: { version?: string; reason: string };
}

/** The API in its own process. */
export interface Server {
  url: string;
  health(): Promise<Health>;
  resetStall(): void;
  /** Longest time in milliseconds that its event loop was blocked since the last reset. */
  longestStall(): Promise<number>;
  /** @returns its exit code, or null if the signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the API on a folder of models; resolves when it is ready. */
export async function startServer(models: string, port: number): Promise<Server> {
  const child = spawn(
    process.execPath,
    [...flags, '--import', join(import.meta.dirname, 'stall.ts'), join(root, 'api/src/main.ts')],
    {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: String(port),
        MODELS: models,
        DRAIN_SECONDS: '3',
        // The load is below the capacity: a refusal would only mean that the machine is busy with other work.
        SHED_AFTER_MS: '0',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await ready(child, url);
  return {
    url,
    health: async () => (await fetch(`${url}/health`)).json() as Promise<Health>,
    resetStall: () => child.send('reset'),
    async longestStall() {
      const report = once(child, 'message');
      child.send('report');
      return (await report)[0].longestStall;
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const answers = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await wait(50);
  }
  throw new Error(`the server on ${url} ended with exit code ${child.exitCode}`);
}
