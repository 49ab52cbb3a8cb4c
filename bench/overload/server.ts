import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Server {
  url: string;
  /** Resident memory in MB. */
  memory(): Promise<number>;
  stop(): void;
}

/** Starts the API in its own process, as in its container, with the committed models. */
export async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [join(root, 'api/src/main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: join(root, 'models') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    log += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(log)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return { url, memory: () => residentMemory(child.pid ?? 0), stop: () => child.kill('SIGKILL') };
  }
  throw new Error(`the server ended before it was ready: ${log}`);
}

/** From /proc, so only on Linux. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
