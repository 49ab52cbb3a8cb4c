import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadedBy, type Measured, measure } from './load.ts';
import { middleRow } from './rows.ts';
import { type Server, type ServerName, serverNames, startServer } from './servers.ts';

/**
 * Measures the API beside servers that only echo, with the same bodies. Runs are short and take turns, so that what else
 * the machine does is shared by all of them.
 * Usage: pnpm bench http [--seconds N] [--runs N]
 */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, runs: { type: 'string' } } });
const seconds = Number(values.seconds ?? 2);
const runs = Number(values.runs ?? 5);

const servers = Object.fromEntries(
  await Promise.all(serverNames.map(async (name) => [name, await startServer(name)])),
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

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const middle = (all: Measured[], of: keyof Measured): number => median(all.map((run) => run[of]));

const lines = [
  '| load | server | rows/s | µs of processor/row | p99, ms | refused | of the rate | of the processor |',
  '|---|---|---:|---:|---:|---:|---:|---:|',
];
for (const { name: scenario, connections, body, rows } of scenarios) {
  const load = { connections, body, seconds };
  for (const name of serverNames) await measure(servers[name], { ...load, seconds: 2 }); // compiled, and warm
  const measured: Record<string, Measured[]> = { hearth: [], fastify: [], node: [] };
  for (let run = 0; run < runs; run++) {
    for (const name of serverNames) measured[name].push(await measure(servers[name], load));
  }
  const hearth = { rate: middle(measured.hearth, 'rate'), cpu: middle(measured.hearth, 'cpu') };
  for (const name of serverNames) {
    const rate = middle(measured[name], 'rate');
    const cpu = middle(measured[name], 'cpu');
    const number = (value: number, digits: number) =>
      value.toLocaleString('en', { maximumFractionDigits: digits });
    const cells = [
      scenario,
      name,
      number(rate * rows, 0),
      number(cpu / rows, 1),
      number(middle(measured[name], 'p99'), 1),
      String(middle(measured[name], 'refused')),
      (hearth.rate / rate).toFixed(2),
      (cpu / hearth.cpu).toFixed(2),
    ];
    lines.push(`| ${cells.join(' | ')} |`);
    console.log(lines.at(-1));
  }
}
for (const server of Object.values(servers)) await server.stop();

const report = `# HTTP

Model ${model}, on ${cpus().length} × ${cpus()[0].model}, Node ${process.version}: medians of ${runs} runs of ${seconds} s, taking turns.
The load, made by ${loadedBy}, comes from the same machine. "Of the rate" is Hearth's rate by the server's; where the load cannot
be made fast enough, "of the processor", the server's processor time for a row by Hearth's, tells more. Made by \`pnpm bench http\`.

${lines.join('\n')}
`;
await writeFile(join(import.meta.dirname, 'results.md'), report);
console.log(report);
