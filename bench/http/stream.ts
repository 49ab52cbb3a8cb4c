import { once } from 'node:events';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { middleRow } from './rows.ts';
import { startServer } from './servers.ts';

/**
 * Sends a stream of rows through the API, counts it at both ends and watches the server's memory.
 * Usage: pnpm bench stream [--lines N] [--type application/x-ndjson | text/csv] [--url URL of a server or gateway that runs]
 */
const { values } = parseArgs({
  options: { lines: { type: 'string' }, type: { type: 'string' }, url: { type: 'string' } },
});
const lines = Number(values.lines ?? 1_000_000);
const type = values.type ?? 'application/x-ndjson';
const mostGrowth = 50e6;

const server = values.url ? undefined : await startServer('hearth');
const url = values.url ?? server?.url ?? '';
const { row } = await middleRow(url);
const header = type === 'text/csv' ? `${Object.keys(row).join(',')}\n` : '';
const line = type === 'text/csv' ? `${Object.values(row).join(',')}\n` : `${JSON.stringify(row)}\n`;

/** Sends so many rows while it reads. @returns how many were answered, and how far the memory grew */
async function stream(count: number): Promise<{ answers: number; growth: number }> {
  const before = server?.memory() ?? 0;
  let most = before;
  const outgoing = request(`${url}/predict`, { method: 'POST', headers: { 'content-type': type } });
  const answered = once(outgoing, 'response');
  async function send(): Promise<void> {
    outgoing.write(header);
    for (let sent = 0; sent < count; sent += 1000) {
      if (!outgoing.write(line.repeat(Math.min(1000, count - sent)))) await once(outgoing, 'drain');
    }
    outgoing.end();
  }
  async function receive(): Promise<number> {
    const [response] = await answered;
    let answers = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      for (const byte of piece) if (byte === 10) answers++;
      most = Math.max(most, server?.memory() ?? 0);
    }
    return answers - (header ? 1 : 0);
  }
  const [answers] = await Promise.all([receive(), send()]);
  return { answers, growth: most - before };
}

await stream(Math.min(lines, 50_000)); // compiled, and its memory as large as traffic makes it
const began = performance.now();
const { answers, growth } = await stream(lines);
const took = (performance.now() - began) / 1000;
await server?.stop();

console.log(
  `${lines} lines of ${type} sent, ${answers} answered, ${Math.round(lines / took)} a second; the server's memory grew by ${Math.round(growth / 1e6)} MB`,
);
if (answers !== lines || growth > mostGrowth) process.exitCode = 1;
