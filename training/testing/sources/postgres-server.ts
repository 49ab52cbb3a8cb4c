import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder of the programs of an installed PostgreSQL, as Debian places them; undefined where there is none. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return versions
    .map((version) => join(debian, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** The user that a server runs as in place of root, which PostgreSQL refuses. */
const nobody = 65_534;
const ordinary = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};

/** Starts a new, empty server on a free port of this machine, with one user that has a password. */
export async function startPostgres(programs: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-postgres-'));
  const data = join(folder, 'data');
  const password = 'p@ss:w/rd';
  writeFileSync(join(folder, 'password'), password);
  for (const path of [folder, join(folder, 'password')]) if (ordinary.uid) chownSync(path, nobody, nobody);
  const made = spawnSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'hearth',
      '-A',
      'scram-sha-256',
      '--pwfile',
      join(folder, 'password'),
      '--no-sync',
      '-E',
      'UTF8',
      '--locale',
      'C',
    ],
    { ...ordinary, encoding: 'utf8', cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'timezone=America/Sao_Paulo',
  ];
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...ordinary, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (text) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.on('exit', (status) => reject(new Error(`postgres ended with ${status}: ${log}`)));
  });
  return {
    port,
    password,
    address: `postgres://hearth:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = new Promise((resolve) => server.on('close', resolve));
      server.removeAllListeners('exit');
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
