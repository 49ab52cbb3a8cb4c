import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const running = new Set<ChildProcess>();

/** Kills all servers that a test has started. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

/** Starts the API as its container does; `output` is what it has written so far. */
export function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [...flags, join(root, 'api/src/main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: join(root, 'models'), ...env },
  });
  running.add(child);
  const state = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (state.output += chunk));
  return state;
}

/** The address of a server, once it listens. */
export async function address(state: { output: string }): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(state.output);
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server did not start: ${state.output}`);
}

export const predict = (base: string, body: string) =>
  fetch(`${base}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
