import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRecord } from '../record.ts';
import { freePort } from '../system.ts';
import { type Load, loadedBy, measure } from './load.ts';
import { startPeers } from './peers.ts';
import { middleRow } from './rows.ts';
import { type Server, type ServerName, serverNames, startServer } from './servers.ts';
import { type Round, tableHead, tableLines } from './table.ts';
import { measureTensors, tensorHead, waysOf } from './tensors.ts';
import { bareWalk } from './walk.ts';

/**
 * Compares the API with servers that only echo, with the same bodies; and with MLServer, BentoML and FastAPI, which are installed from Python's
 * registry and serve the same trees. Turns are short, and servers are compared within a round, because the load of the machine changes from
 * second to second.
 * Usage: npm run bench http -- [--seconds N of a turn, a whole number] [--rounds N]
 */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, rounds: { type: 'string' } } });
const seconds = Number(values.seconds ?? 1);
const rounds = Number(values.rounds ?? 7);
if (!Number.isInteger(seconds)) throw new RangeError('--seconds takes a whole number, as wrk does');
const secondsToWarm = 3;
const models = process.env.MODELS || join(import.meta.dirname, '../../models');
const record = await openRecord(join(import.meta.dirname, 'results.md'));

const prefix = keepLoadApart();
const grpcPort = await freePort();
const settings = { GRPC_PORT: String(grpcPort), BODY_BYTES: '4000000' };
const servers = Object.fromEntries(
  await Promise.all(serverNames.map(async (name) => [name, await startServer(name, prefix, settings)])),
) as Record<ServerName, Server>;
const echoes = {
  'gRPC echo, grpc-js': await startServer('grpc', prefix),
  'gRPC echo, node:http2': await startServer('http2', prefix),
};
const { row, name, version, columns } = await middleRow(servers.hearth.url);
const one = JSON.stringify(row);
const batch = JSON.stringify(Array(1000).fill(row));
const scenarios = [
  { name: 'one row, 1 connection', connections: 1, body: one, rows: 1 },
  { name: 'one row, 16 connections', connections: 16, body: one, rows: 1 },
  { name: 'one row, 64 connections', connections: 64, body: one, rows: 1 },
  { name: '1,000 rows, 1 connection', connections: 1, body: batch, rows: 1000 },
];

/** Every second round is in reverse order, so that no server always follows the same one. */
async function runRound(index: number, load: Omit<Load, 'url'>): Promise<Round> {
  const round: Partial<Round> = {};
  for (const name of index % 2 === 0 ? serverNames : serverNames.toReversed())
    round[name] = await measure(servers[name], load);
  return round as Round;
}

const lines = [...tableHead];
for (const { name, connections, body, rows } of scenarios) {
  await runRound(0, { connections, body, seconds: secondsToWarm }); // warm-up: until the code is compiled
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) measured.push(await runRound(i, { connections, body, seconds }));
  const table = tableLines(name, rows, measured);
  console.log(table.join('\n'));
  lines.push(...table);
}
const outputs = ['probability', 'low', 'high'];
const formats = [...tensorHead];
for (const { name: load, connections, rows } of scenarios) {
  const asked = { model: name, columns, outputs };
  const ways = waysOf(asked, Array(rows).fill(row), { ...servers.hearth, grpcPort }, echoes);
  if (rows > 1) ways.push(await bareWalk(models, Array(rows).fill(row)));
  const table = await measureTensors(ways, load, { rows, connections, seconds, rounds });
  console.log(table.join('\n'));
  formats.push(...table);
}
for (const server of Object.values(servers)) await server.stop();

const peers = await startPeers(prefix);
const forest = await middleRow(peers.hearth.url);
const others = [...tensorHead];
for (const { name: load, connections, rows } of scenarios.filter(({ connections }) => connections < 64)) {
  const asked = { model: forest.name, columns: forest.columns, outputs: ['probability'] };
  const own = waysOf(asked, Array(rows).fill(forest.row), peers.hearth, {}).filter(({ name }) =>
    ['JSON to /predict', 'v2, JSON', 'v2, binary', 'gRPC'].includes(name),
  );
  const cells = forest.columns.map((column) => Number(forest.row[column.name]));
  const ways = [...own, ...peers.waysOf(Array(rows).fill(cells))];
  const table = await measureTensors(ways, load, { rows, connections, seconds, rounds });
  console.log(table.join('\n'));
  others.push(...table);
}
await peers.stop();
for (const echo of Object.values(echoes)) await echo.stop();

const apart = prefix.length > 0 ? ', from a core of its own that no server uses' : '';
const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim();
const report = `# HTTP

Commit ${commit}, model ${version}, on ${cpus().length} × ${cpus()[0].model}, Node ${process.version}: medians of ${rounds} rounds, in each of which every server has a turn
of ${seconds} s. The load, made by ${loadedBy}, comes from the same machine${apart}. "Of the rate" is Hearth's rate
divided by the server's in the same round. "Of the processor" is the server's CPU time per row divided by Hearth's; it is more reliable if the load is
the bottleneck. Other programs used the machine too: load average ${loadavg()[0].toFixed(1)} at the end. Made by \`npm run bench http\`.

${lines.join('\n')}

## All formats

By clients of Node (the load is slower than the server here; compare the processor time, which is the server's). Tensors ask for probability and
interval. The echo of \`@grpc/grpc-js\` reads the same message by the same proto; that of \`node:http2\` reads nothing, and is the limit of any
server of gRPC on Node's HTTP/2. The bare walk answers the same rows, 200 at a time, in a process without a server.

${formats.join('\n')}

## The same trees by other servers

A random forest of 100 trees on 13 numbers, trained by scikit-learn, imported by Hearth. MLServer with \`parallel_workers: 0\` and BentoML with one
worker, so that each server has one process for the model. The answers of the others are probabilities alone.

${others.join('\n')}
`;
await record.write(report);
console.log(report);

/**
 * Keeps the load on one core and the servers on the others: if they share a core, the rate depends on the scheduler.
 * @returns the beginning of the servers' commands; empty, without any effect, if there is one core or no taskset
 */
function keepLoadApart(): string[] {
  const last = availableParallelism() - 1;
  if (last === 0) return [];
  try {
    // child processes, such as wrk, run there too
    for (const thread of readdirSync('/proc/self/task'))
      execFileSync('taskset', ['-cp', `${last}`, thread], { stdio: 'ignore' });
    return ['taskset', '-c', last === 1 ? '0' : `0-${last - 1}`];
  } catch {
    return [];
  }
}
