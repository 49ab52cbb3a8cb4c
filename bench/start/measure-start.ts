import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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
    return { seconds, cpu, memory: residentMegabytes(child.pid as number) };
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** In hundredths of a second on Linux (proc_pid_stat(5), fields 14 and 15). */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
