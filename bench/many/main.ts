import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort, peakBytes, processorSeconds, residentBytes } from '../system.ts';
import { makeModels, type TwoVersions } from './models.ts';
import { type Ask, soakModels } from './soak.ts';

/**
 * Fifty models in one server: how long it takes to start, how much memory it takes with five in use, and whether every request is
 * answered by its own model while their versions are swapped. `npm run prove -- many`
 */
const count = 50;
const hot = 5;
const mostMegabytes = 500;
const mostStart = 2000;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const folder = await mkdtemp(join(tmpdir(), 'hearth-many-'));
console.log(`making ${count} models with two versions each …`);
const models = await makeModels(folder, count);
const port = await freePort();
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

const began = performance.now();
const server = startServer();
const pid = server.pid as number;
const start = await readyAfter();
// processor time, unlike the time that passed, does not depend on what else the machine does
const startWork = 1000 * processorSeconds(pid);
console.log(`ready after ${start} ms (${startWork} ms of processor time) with ${count} models in the folder`);

const first = megabytes(residentBytes(pid));
for (const { name } of models.slice(0, hot)) await ask(`/models/${name}/predict`, {});
const five = megabytes(residentBytes(pid));
await askEach(models);
const all = megabytes(residentBytes(pid));
console.log(`memory: ${first} MB at the start, ${five} MB with ${hot} asked, ${all} MB after all were`);

const until = performance.now() + Number(values.minutes) * 60_000;
const report = await soakModels({
  ask,
  models,
  hot,
  isOver: () => performance.now() > until,
  atOnce: 8,
  pause: 40,
  swapEvery: 100,
});
const peak = megabytes(peakBytes(pid));
server.kill('SIGTERM');
await once(server, 'exit');
agent.destroy();
await rm(folder, { recursive: true });

const { requests, swaps, seenBoth, faults } = report;
console.log(
  `${requests} requests, ${swaps} swaps, ${seenBoth} models seen with both versions, at most ${peak} MB`,
);
const failures = [
  ...faults,
  ...(startWork > mostStart ? [`the start took ${startWork} ms; it may take ${mostStart}`] : []),
  ...(peak > mostMegabytes ? [`${peak} MB; it may take ${mostMegabytes}`] : []),
  ...(seenBoth < hot ? [`only ${seenBoth} models were seen with both versions`] : []),
];
for (const failure of failures) console.log(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

function startServer(): ChildProcess {
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  const main = join(import.meta.dirname, '../../api/src/main.ts');
  return spawn(process.execPath, [...flags, main], {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      MODELS: folder,
      MODEL: models[0].name,
      MODELS_RESIDENT: String(2 * hot),
      MODELS_IDLE_SECONDS: '30',
      SHED_AFTER_MS: '0', // a refusal would only mean that the machine is busy with other work
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @returns milliseconds since the process was started */
async function readyAfter(): Promise<number> {
  while (server.exitCode === null) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return Math.round(performance.now() - began);
    await wait(10);
  }
  throw new Error('the server ended');
}

function ask(...[path, body]: Parameters<Ask>): ReturnType<Ask> {
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request({
      port,
      host: '127.0.0.1',
      path,
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
    });
    sent.on('error', reject).on('response', async (response) => {
      resolve({ status: response.statusCode ?? 0, body: await text(response) });
    });
    sent.end(payload);
  });
}

async function askEach(each: readonly TwoVersions[]): Promise<void> {
  for (const { name } of each) {
    const { status, body } = await ask(`/models/${name}/predict`, {});
    if (status !== 200) throw new Error(`${name}: ${status} ${body}`);
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
