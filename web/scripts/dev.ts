import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer } from 'vite';

/**
 * The page from Vite's dev server, with the API behind it, for `npm run dev`. A change of the page's sources reloads the page; a change of
 * the API's sources restarts the API, then reloads the page.
 *
 * Not `node --watch`: it posts messages of its own between a program's threads, which the API takes for answers of its load thread.
 */
const root = join(import.meta.dirname, '../..');
const apiSources = ['api/src', 'artifact/src'].map((folder) => join(root, folder));
const routes = '^/(predict|invocations|ping|health|model|status|metrics|openapi\\.json|docs|v2)(/|\\?|$)';

const apiPort = await freePort();
const page = await createServer({
  configFile: join(root, 'web/vite.config.ts'),
  clearScreen: false,
  server: {
    host: process.env.HOST || '127.0.0.1',
    port: Number(process.env.PORT || 5173),
    proxy: { [routes]: { target: `http://127.0.0.1:${apiPort}`, changeOrigin: true } },
  },
});

let api: ChildProcess | undefined;
let changed: string | undefined;
let restarting: Promise<unknown> = startApi();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
await Promise.all([page.listen(), restarting]);
page.watcher.add(apiSources);
page.watcher.on('all', (_event, path) => {
  if (path.endsWith('.test.ts') || !apiSources.some((folder) => path.startsWith(folder))) return;
  if (changed === undefined) restarting = restarting.then(restartApi); // one restart for many changes at once
  changed = path;
});
const url = page.resolvedUrls?.local[0] ?? page.resolvedUrls?.network[0];
console.log(`Page and API are at ${url} and reload when a source changes (stop them with Ctrl+C)`);

/** @returns whether it answers */
async function startApi(): Promise<boolean> {
  const child = spawn(process.execPath, [...process.execArgv, 'api/src/main.ts'], {
    cwd: root,
    env: { LOG_LEVEL: 'warn', STOP_SECONDS: '1', ...process.env, HOST: '127.0.0.1', PORT: `${apiPort}` },
    stdio: 'inherit',
  });
  api = child;
  const isUp = () => fetch(`http://127.0.0.1:${apiPort}/health/live`).then(Boolean, () => false);
  while (child.exitCode === null && !(await isUp())) await wait(50);
  if (child.exitCode === null) return true;
  console.error('The API has ended (see above); it starts again when a source changes.');
  return false;
}

async function stopApi(): Promise<void> {
  if (api?.exitCode !== null || api.signalCode !== null) return;
  const ended = once(api, 'exit');
  api.kill('SIGTERM');
  await ended;
}

async function restartApi(): Promise<void> {
  await stopApi();
  const path = relative(root, changed ?? '');
  changed = undefined;
  if (!(await startApi())) return;
  console.log(`API restarted: ${path} changed`);
  page.ws.send({ type: 'full-reload' });
}

async function stop(): Promise<void> {
  await Promise.all([stopApi(), page.close()]);
  process.exit(0);
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
