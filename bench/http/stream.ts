import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileOutput } from '@hearth/training';
import { openRecord } from '../record.ts';
import { startGateway } from '../soak/gateway.ts';
import { freePort } from '../system.ts';
import { middleRow } from './rows.ts';
import { type Server, startServer } from './servers.ts';
import { runStream, type Streamed, type StreamType, streamTypes } from './stream-run.ts';

/**
 * Sends a million rows through the API in one stream, counts them at both ends, and watches the server's memory.
 * Usage: npm run bench stream -- [--lines N] [--type ndjson | csv] [--url URL of a running server or gateway]
 *        npm run bench stream -- --all [--lines N]   both types, to the API and through the gateway (needs haproxy); writes stream.md
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    type: { type: 'string', default: 'ndjson' },
    url: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const lines = Number(values.lines);
const mostGrowth = 50e6;
/** Warm-up, until the code is compiled. */
const warmUp = 100_000;

const types = Object.keys(streamTypes) as StreamType[];
const table = [
  '| stream | way | sent | answered | counted by the server | lines/s | memory grew by, MB |',
  '|---|---|---:|---:|---:|---:|---:|',
];
const number = (value?: number): string =>
  value === undefined ? '–' : Math.round(value).toLocaleString('en');

async function measure(url: string, way: string, type: StreamType, server?: Server): Promise<void> {
  const { row } = await middleRow(url);
  await runStream({ url, type, row, lines: Math.min(lines, warmUp) });
  const streamed = await runStream({ url, type, row, lines, server });
  const { answered, counted, seconds, growth } = streamed;
  const cells = [type, way, number(lines), number(answered), number(counted), number(lines / seconds)];
  table.push(`| ${cells.join(' | ')} | ${growth === undefined ? '–' : (growth / 1e6).toFixed(1)} |`);
  console.log(table.at(-1));
  if (!isWhole(streamed)) process.exitCode = 1;
}

const isWhole = ({ answered, counted = lines, growth = 0 }: Streamed): boolean =>
  answered === lines && counted === lines && growth < mostGrowth;

/** A new server for each stream, because a stream makes the memory of a server grow. */
async function measureAlone(type: StreamType): Promise<void> {
  const server = await startServer('hearth');
  await measure(server.url, 'to the API', type, server);
  await server.stop();
}

async function measureBehindGateway(type: StreamType): Promise<void> {
  const server = await startServer('hearth');
  const api = [Number(new URL(server.url).port)];
  const gateway = await startGateway({ outside: await freePort(), health: await freePort(), api });
  await measure(gateway.url, 'through the gateway', type, server);
  await gateway.stop();
  await server.stop();
}

async function writeReport(record: FileOutput): Promise<void> {
  const report = `# Streams

One stream of ${number(lines)} rows, sent and read at the same time, to the API as \`npm start\` runs it and through HAProxy with
\`deploy/gateway/haproxy.cfg\`, on ${cpus().length} × ${cpus()[0].model}, Node ${process.version}; the client runs on the same machine. Memory is
the resident set of a server that has answered ${number(warmUp)} rows before. Made by \`npm run bench stream -- --all\`, which fails where a
row is missing at either end or the memory grows by ${mostGrowth / 1e6} MB.

${table.join('\n')}
`;
  await record.write(report);
}

if (values.all) {
  const record = await openRecord(join(import.meta.dirname, 'stream.md'));
  for (const type of types) await measureAlone(type);
  for (const type of types) await measureBehindGateway(type);
  await writeReport(record);
} else {
  const type = types.find((name) => name === values.type);
  if (!type) throw new Error(`--type must be ${types.join(' or ')}`);
  if (values.url) await measure(values.url, values.url, type);
  else await measureAlone(type);
}
