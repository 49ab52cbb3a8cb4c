import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Starts the bundled API once, sends it a request, and keeps the code that Node has compiled by then in FOLDER: a start with
 * NODE_COMPILE_CACHE=FOLDER compiles almost nothing. Node uses it only with the same version, processor type, path and user, and
 * otherwise compiles as usual. The same bundle gives the same bytes.
 * Usage: MODELS=… node main.ts FOLDER MAIN
 */
const [folder, main] = process.argv.slice(2);
if (existsSync(folder) && readdirSync(folder).length > 0) {
  console.error(
    `${folder} is not empty, and its files would get other permissions and times; name a new folder`,
  );
  process.exit(1);
}
const made = mkdirSync(folder, { recursive: true }) ?? folder; // the first folder on the path that did not exist
const madeAt = new Date('2000-01-01T00:00:00Z');

// the cache has hashes of strings, which differ from process to process without a fixed seed
const command = ['--hash-seed=1', join(import.meta.dirname, 'start-once.ts'), folder, main];
const env = { ...process.env, HOST: '127.0.0.1', PORT: `${await freePort()}`, DRAIN_SECONDS: '0' };
execFileSync(process.execPath, command, { env, stdio: 'inherit' });
for (const name of ['.', ...readdirSync(made, { recursive: true, encoding: 'utf8' })]) {
  const path = join(made, name);
  chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  utimesSync(path, madeAt, madeAt);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
