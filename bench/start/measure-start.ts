import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort, processorSeconds, residentBytes } from '../system.ts';
import type { Server } from './servers.ts';

const root = join(import.meta.dirname, '../..');

export interface Started {
  /** Seconds from the start of the process to the end of its first prediction. */
  seconds: number;
  /** Seconds of CPU time until then. */
  cpu: number;
  /** Resident memory after one second without work, in MB. */
  memory: number;
}

/** Starts a server, sends a request until it answers, waits, and ends it. @throws Error if it ends by itself */
export async function measureStart({ name, command, env: own, body }: Server): Promise<Started> {
  const port = await freePort();
  const [program, ...args] = command(port);
  const env = {
    ...process.env,
    ...own,
    PORT: String(port),
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    DRAIN_SECONDS: '0',
    MODELS: join(root, 'models'),
  };
  const began = performance.now();
  const child = spawn(program, args, { cwd: root, env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    await Promise.race([
      firstAnswer(`http://127.0.0.1:${port}/predict`, JSON.stringify(body)),
      ended.then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`))),
    ]);
    const seconds = (performance.now() - began) / 1000;
    const cpu = processorSeconds(child.pid as number);
    await wait(1000);
    return { seconds, cpu, memory: residentBytes(child.pid as number) / 1024 / 1000 };
  } finally {
    child.kill(); // by SIGTERM, so that it can save its compile cache for the next start
    await ended;
  }
}

async function firstAnswer(url: string, body: string): Promise<void> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  for (;;) {
    const response = await fetch(url, request).catch(() => undefined); // it does not listen yet
    if (response && response.status !== 503) {
      const text = await response.text();
      if (!text.includes('"probability":')) throw new Error(`the answer is not a prediction: ${text}`);
      return;
    }
    await wait(2);
  }
}
