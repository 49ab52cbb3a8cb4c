import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Starts the bundled API once, asks it, and keeps in FOLDER what Node has compiled until then: a start with
 * NODE_COMPILE_CACHE=FOLDER has hardly anything left to compile. Node takes it only in the same version, on the same kind of
 * processor, under the same path and as the same user, and otherwise compiles. The same bundle gives the same bytes.
 * Usage: MODELS=… node main.ts FOLDER MAIN
 */
const [folder, main] = process.argv.slice(2);
if (existsSync(folder) && readdirSync(folder).length > 0) {
  console.error(
    `${folder}: is not empty, and all that is in it would get other rights and times; name a new folder`,
  );
  process.exit(1);
}
const made = mkdirSync(folder, { recursive: true }) ?? folder; // the first of the folders that lead there, if it was not there
const madeAt = new Date('2000-01-01T00:00:00Z');

// Hashes of strings are kept too, and are other ones in each process unless it is told what to begin with.
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
