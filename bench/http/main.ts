import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRecord } from '../record.ts';
import { loadedBy, measure } from './load.ts';
import type { Load } from './load-types.ts';
import { middleRow } from './rows.ts';
import { type Server, type ServerName, serverNames, startServer } from './servers.ts';
import { type Round, tableHead, tableLines } from './table.ts';

/**
 * Measures the API beside servers that only echo, with the same bodies. Turns are short, and servers are compared within a round of
 * them: what else the machine does changes from second to second.
 * Usage: pnpm bench http [--seconds N of a turn] [--rounds N]
 */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, rounds: { type: 'string' } } });
const seconds = Number(values.seconds ?? 1);
const rounds = Number(values.rounds ?? 9);
const secondsToWarm = 3;
const record = await openRecord(join(import.meta.dirname, 'results.md'));

const prefix = keepLoadApart();
const servers = Object.fromEntries(
  await Promise.all(serverNames.map(async (name) => [name, await startServer(name, prefix)])),
) as Record<ServerName, Server>;
const { row, model } = await middleRow(servers.hearth.url);
const one = JSON.stringify(row);
const batch = JSON.stringify(Array(1000).fill(row));
const scenarios = [
  { name: 'one row, 1 connection', connections: 1, body: one, rows: 1 },
  { name: 'one row, 16 connections', connections: 16, body: one, rows: 1 },
  { name: 'one row, 64 connections', connections: 64, body: one, rows: 1 },
  { name: '1,000 rows, 1 connection', connections: 1, body: batch, rows: 1000 },
];

/** Every other round runs backwards, so that none always comes after the same one. */
async function runRound(index: number, load: Omit<Load, 'url'>): Promise<Round> {
  const round: Partial<Round> = {};
  for (const name of index % 2 === 0 ? serverNames : serverNames.toReversed())
    round[name] = await measure(servers[name], load);
  return round as Round;
}

const lines = [...tableHead];
for (const { name, connections, body, rows } of scenarios) {
  await runRound(0, { connections, body, seconds: secondsToWarm }); // until the code is compiled
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) measured.push(await runRound(i, { connections, body, seconds }));
  const told = tableLines(name, rows, measured);
  console.log(told.join('\n'));
  lines.push(...told);
}
for (const server of Object.values(servers)) await server.stop();

const apart = prefix.length > 0 ? ', from a core of its own that no server uses' : '';
const report = `# HTTP

Model ${model}, on ${cpus().length} × ${cpus()[0].model}, Node ${process.version}: medians of ${rounds} rounds, in each of which every server has a turn
of ${seconds} s. The load, made by ${loadedBy}, comes from the same machine${apart}. "Of the rate" is Hearth's rate by the
server's in the same round; where the load cannot be made fast enough, "of the processor", the server's processor time for a row
by Hearth's, tells more. Made by \`pnpm bench http\`.

${lines.join('\n')}
`;
await record.write(report);
console.log(report);

const last = availableParallelism() - 1;

/**
 * Keeps the load to one core and the servers to the others, all of them alike: where the two share a core, a rate says which of them
 * the system let run.
 * @returns what the servers' commands begin with; nothing, and nothing is done, where there is one core or no taskset
 */
export function keepLoadApart(): string[] {
  if (last === 0) return [];
  try {
    // what is started from here, as wrk is, runs there too
    for (const thread of readdirSync('/proc/self/task'))
      execFileSync('taskset', ['-cp', `${last}`, thread], { stdio: 'ignore' });
    return ['taskset', '-c', last === 1 ? '0' : `0-${last - 1}`];
  } catch {
    return [];
  }
}
