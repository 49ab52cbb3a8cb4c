import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { addressIn } from '../address.ts';
import { processorSeconds, residentBytes } from '../system.ts';

const root = join(import.meta.dirname, '../..');

const programs = {
  hearth: join(root, 'api/src/start.ts'),
  fastify: join(root, 'bench/http/echo-fastify.ts'),
  node: join(root, 'bench/http/echo-node.ts'),
};
export type ServerName = keyof typeof programs;
export const serverNames = Object.keys(programs) as ServerName[];

/** Servers of gRPC that only echo; they are not those that every load is for. */
const echoes = {
  grpc: join(root, 'bench/http/echo-grpc.ts'),
  http2: join(root, 'bench/http/echo-http2.ts'),
};

const allPrograms = { ...programs, ...echoes };

/** A server in a process of its own. */
export interface Server {
  url: string;
  pid: number;
  /** Seconds of CPU time so far. */
  cpu(): number;
  /** Bytes of memory in use. */
  memory(): number;
  stop(): Promise<void>;
}

/**
 * Starts a server on a port that the system chooses. The API runs as with `npm start`. Clients of the same machine have no rate limit.
 * @param prefix the beginning of its command
 */
export async function startServer(
  name: keyof typeof allPrograms,
  prefix: string[] = [],
  settings: Record<string, string> = {},
): Promise<Server> {
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const [program, ...words] = [...prefix, process.execPath, ...flags, allPrograms[name]];
  const child = spawn(program, words, {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const url = await addressIn(child.stdout);
  return {
    url,
    pid: child.pid as number,
    cpu: () => processorSeconds(child.pid as number),
    memory: () => residentBytes(child.pid as number),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
