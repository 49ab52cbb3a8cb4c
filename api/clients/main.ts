import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildApp } from '../src/app.ts';
import { freePort } from '../testing/grpc.ts';
import { type Recorded, recordGrpc, recordHttp } from './recorder.ts';

/**
 * Runs the real clients of the Open Inference Protocol, by HTTP and by gRPC, against the model heart, and records their requests for
 * clients.test.ts. They come from Python's registry into a folder for temporary files. With Go, a client is also generated from the proto.
 * Usage: npm run prove -- clients
 */
const packages = ['tritonclient[http,grpc]==2.73.0', 'kserve==0.21.0', 'grpcio-tools==1.81.1'];
const venv = join(tmpdir(), 'hearth-clients');
const run = promisify(execFile);
const here = (name: string) => join(import.meta.dirname, name);

const python = join(venv, 'bin', 'python');
if (!existsSync(python)) await run('python3', ['-m', 'venv', venv]);
await run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);

const grpcPort = await freePort();
const app = await buildApp({ models: here('../../models'), model: 'heart', grpcPort });
const address = await app.listen({ host: '127.0.0.1', port: 0 });
await mkdir(here('recorded'), { recursive: true });

/** Runs a client and keeps what it asked. */
async function prove(
  name: string,
  way: 'http' | 'grpc',
  command: (url: string) => [string, string[]],
): Promise<void> {
  const recorded: Recorded[] = [];
  const recorder =
    way === 'http'
      ? await recordHttp(Number(new URL(address).port), recorded)
      : await recordGrpc(grpcPort, recorded);
  const [program, words] = command(`127.0.0.1:${recorder.port}`);
  const { stdout } = await run(program, words, { timeout: 120_000 });
  recorder.stop();
  console.log(`— ${name} by ${way}: ${recorded.length} requests\n${stdout}`);
  await writeFile(here(`recorded/${name}-${way}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
}

try {
  for (const way of ['http', 'grpc'] as const) {
    await prove('triton', way, (url) => [python, [here('triton.py'), way, url]]);
    await prove('kserve', way, (url) => [python, [here('kserve_client.py'), way, url]]);
  }
} finally {
  await app.close();
}
