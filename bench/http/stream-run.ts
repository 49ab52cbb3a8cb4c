import { once } from 'node:events';
import { request } from 'node:http';
import type { Server } from './servers.ts';

export const streamTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv' };
export type StreamType = keyof typeof streamTypes;

interface Stream {
  /** The URL of the server, or of a gateway in front of it. */
  url: string;
  type: StreamType;
  row: Record<string, unknown>;
  lines: number;
  /** If it runs on this machine: the server whose memory and own count are read. */
  server?: Server;
}

export interface Streamed {
  /** Lines that came back. */
  answered: number;
  /** Answered rows, as the server counts them. */
  counted?: number;
  /** The largest growth of its resident memory, in bytes. */
  growth?: number;
  seconds: number;
}

const together = 1000;

/** Sends a stream of the same row and reads the answers at the same time. @throws Error if the stream is interrupted */
export async function runStream({ url, type, row, lines, server }: Stream): Promise<Streamed> {
  const isCsv = type === 'csv';
  const head = isCsv ? `${Object.keys(row).join(',')}\n` : '';
  const line = isCsv ? `${Object.values(row).join(',')}\n` : `${JSON.stringify(row)}\n`;
  const countedBefore = server && (await rowsCounted(server));
  const memoryBefore = server?.memory() ?? 0;
  let most = memoryBefore;
  const began = performance.now();
  const outgoing = request(`${url}/predict`, {
    method: 'POST',
    headers: { 'content-type': streamTypes[type] },
  });
  const answering = once(outgoing, 'response');

  async function send(): Promise<void> {
    outgoing.write(head);
    for (let sent = 0; sent < lines; sent += together) {
      if (!outgoing.write(line.repeat(Math.min(together, lines - sent)))) await once(outgoing, 'drain');
    }
    outgoing.end();
  }
  async function receive(): Promise<number> {
    const [response] = await answering;
    if (response.statusCode !== 200)
      throw new Error(`the stream is answered with status ${response.statusCode}`);
    let count = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count++;
      most = Math.max(most, server?.memory() ?? 0);
    }
    return count - (isCsv ? 1 : 0);
  }
  const [answered] = await Promise.all([receive(), send()]);
  return {
    answered,
    seconds: (performance.now() - began) / 1000,
    ...(server && {
      counted: (await rowsCounted(server)) - Number(countedBefore),
      growth: most - memoryBefore,
    }),
  };
}

/** From the server's metrics, which a gateway does not pass on. */
async function rowsCounted({ url }: Server): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return [...metrics.matchAll(/^hearth_predictions_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
