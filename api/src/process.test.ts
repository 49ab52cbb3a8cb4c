import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** Starts the API as its container does; `output` grows as it writes. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [...flags, join(root, 'api/src/main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: join(root, 'models'), ...env },
  });
  running.add(child);
  const state = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (state.output += chunk));
  return state;
}

async function address(state: { output: string }): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(state.output);
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server did not start: ${state.output}`);
}

const predict = (base: string, body: string) =>
  fetch(`${base}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

test('SIGTERM ends it with exit code 0', async () => {
  const server = start({});
  const base = await address(server);
  expect((await predict(base, '{"age":54}')).status).toBe(200);
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
});

test('the log is JSON and holds nothing that was asked', async () => {
  const server = start({});
  const base = await address(server);
  await predict(base, '{"age": 61, "chol": 8888}');
  await predict(base, '{"age": "Maria da Silva"}');
  await predict(base, 'Maria');
  await fetch(`${base}/health?name=Maria`);
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  const lines = server.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'answered').map(({ status }) => status)).toEqual([
    422, 422, 400, 200,
  ]);
  expect(server.output).not.toMatch(/Maria|8888/);
});

test('a port in use is said in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const server = start({ PORT: String(port), LOG_LEVEL: 'silent' });
  const [code] = await once(server.child, 'close');
  other.close();
  expect(code).toBe(1);
  expect(server.output).toBe(
    `hearth: port ${port} is in use by another program; choose another one, as in PORT=${port + 1}\n`,
  );
});

test('a setting that cannot be used is said in one line', async () => {
  const server = start({ PORT: 'many' });
  const [code] = await once(server.child, 'close');
  expect(code).toBe(1);
  expect(server.output).toBe('hearth: PORT is "many"; it takes a whole number from 0 to 65535\n');
});
