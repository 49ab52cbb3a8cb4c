import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { addressIn } from '../address.ts';
import { residentBytes } from '../system.ts';

const root = join(import.meta.dirname, '../..');

export interface Server {
  url: string;
  /** Resident memory in MB. */
  memory(): number;
  stop(): void;
}

/** Starts the API in its own process, as in its container, with the committed models. */
export async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [join(root, 'api/src/main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: join(root, 'models') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await addressIn(child.stdout),
    memory: () => residentBytes(child.pid as number) / 1024 / 1024,
    stop: () => child.kill('SIGKILL'),
  };
}
