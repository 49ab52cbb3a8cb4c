import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Where packages install it; these folders are not in every user's PATH. */
export const haproxy = ['/usr/sbin/haproxy', '/usr/bin/haproxy', '/usr/local/sbin/haproxy'].find(existsSync);

const shipped = join(import.meta.dirname, '../../deploy/gateway/haproxy.cfg');

/** HAProxy with the shipped configuration, in front of servers on this machine instead of containers. */
export interface Gateway {
  url: string;
  /** The URL of its health port, with the state of the servers. */
  health: string;
  stop(): Promise<void>;
}

interface Ports {
  outside: number;
  health: number;
  api: readonly number[];
  /** If it serves gRPC: its own port, and that of each instance. */
  grpc?: { outside: number; api: readonly number[] };
}

/** The shipped configuration with other addresses. @throws if a line with an address is missing */
export function localConfiguration(text: string, { outside, health, api, grpc }: Ports): string {
  const server = (port: number, i: number) => `server api${i + 1} 127.0.0.1:${port}`;
  const servers = api.map(server).join('\n  ');
  const checked = (grpc?.api ?? []).map((port, i) => `${server(port, i)} proto h2 port ${api[i]}`);
  const addresses: [RegExp, string][] = [
    [/bind :8080/g, `bind 127.0.0.1:${outside}`],
    [/bind 127\.0\.0\.1:8081/g, `bind 127.0.0.1:${health}`],
    [/server-template api \S+ api:3000/g, servers],
    [/bind :8001/g, `bind 127.0.0.1:${grpc?.outside ?? 0}`],
    [/http-check connect port 3000/g, 'http-check connect'],
    [/server-template api \S+ api:8001 .*/g, checked.join('\n  ')],
    [/server-template web \S+ web:8080/g, `server web1 127.0.0.1:${api[0]}`],
  ];
  return addresses.reduce((changed, [line, local]) => {
    if (!changed.match(line)) throw new Error(`${shipped} has no line like ${line}`);
    return changed.replace(line, local);
  }, text);
}

/** @param change edits the local configuration further */
export async function startGateway(ports: Ports, change = (text: string) => text): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-gateway-'));
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, change(localConfiguration(await readFile(shipped, 'utf8'), ports)));
  const child = spawn(haproxy ?? 'haproxy', ['-db', '-f', file], {
    env: { ...process.env, ...(ports.grpc && { GRPC: 'on' }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit');
  const url = `http://127.0.0.1:${ports.outside}`;
  while (child.exitCode === null) {
    const ready = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) {
      return {
        url,
        health: `http://127.0.0.1:${ports.health}`,
        async stop() {
          child.kill('SIGKILL');
          await exited;
          await rm(folder, { recursive: true });
        },
      };
    }
    await wait(50);
  }
  throw new Error(`haproxy ended with exit code ${child.exitCode}: ${said}`);
}
