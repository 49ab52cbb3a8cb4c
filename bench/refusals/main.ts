import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startServer } from '../overload/server.ts';
import { startGateway } from '../soak/gateway.ts';
import { freePort } from '../system.ts';

/**
 * Checks that five clients can read the refusal of a body that is too large, while most of the body is not sent yet: directly and through
 * the gateway, all clients at once. Needs curl, python3 with httpx, go, java and haproxy.
 * Usage: node main.ts [BODIES of each client]
 */
const bodies = Number(process.argv[2] ?? 200);
const limit = 1024 * 1024;
/** The most megabytes by which the server's memory may grow. */
const mostMemory = 150;

const file = (name: string) => join(import.meta.dirname, name);
const clients: Record<string, string[]> = {
  curl: ['sh', file('client.sh')],
  'node fetch': [process.execPath, file('client.mjs')],
  httpx: ['python3', file('client.py')],
  Go: ['go', 'run', file('client.go')],
  Java: ['java', file('Client.java')],
};

/** The lines that a client prints, one per body. */
async function run([program, ...words]: string[], url: string): Promise<string[]> {
  const child = spawn(program, [...words, `${url}/predict`, String(bodies), String(limit)]);
  const failed = once(child, 'error').then(([error]) => [String(error)]);
  const ended = Promise.all([text(child.stdout), text(child.stderr)]).then(([out, errors]) =>
    (out.trim() || errors.trim()).split('\n'),
  );
  return Promise.race([ended, failed]);
}

const isReadable = (line: string): boolean =>
  line.includes('413') && line.includes('/docs/problems/too-large');

const server = await startServer();
const gateway = await startGateway({
  outside: await freePort(),
  health: await freePort(),
  api: [Number(new URL(server.url).port)],
});
let highest = 0;
const before = server.memory();
const watching = setInterval(async () => {
  highest = Math.max(highest, server.memory());
}, 100);
let faults = 0;
try {
  console.log(`| client | connection | 413 read of ${bodies} | other results |\n|---|---|--:|---|`);
  for (const [way, { url }] of Object.entries({ direct: server, gateway })) {
    const runs = Object.entries(clients).map(async ([name, command]) => {
      const lines = await run(command, url);
      const read = lines.filter(isReadable).length;
      if (read !== bodies) faults++;
      const others = [...new Set(lines.filter((line) => !isReadable(line)))].slice(0, 3).join('; ');
      console.log(`| ${name} | ${way} | ${read} | ${others} |`);
    });
    await Promise.all(runs);
  }
  const holds = highest - before < mostMemory;
  console.log(
    `${holds ? 'holds' : 'FAILS'}: memory ${before.toFixed(0)} MB before, ${highest.toFixed(0)} MB at most`,
  );
  if (faults > 0 || !holds) process.exitCode = 1;
} finally {
  clearInterval(watching);
  await gateway.stop();
  server.stop();
}
