import type { ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Row } from '@hearth/artifact';
import { exchange } from './exchange.ts';
import { generator, rows } from './good-models.ts';

/** A body that is sent in pieces over more than a second, so that models are swapped while it is answered. */
export interface Stream {
  type: 'application/x-ndjson' | 'text/csv';
  /** The index in `rows` of each line. */
  indices: readonly number[];
  pieces: readonly string[];
}

/** One line of the answer. */
export interface StreamedAnswer {
  probability: number;
  version: string;
}

const pieces = 12;
const linesPerPiece = 10;
/** Milliseconds between two pieces. */
const pause = 100;

const lineOf = {
  'application/x-ndjson': (row: Row) => `${JSON.stringify(row)}\n`,
  'text/csv': ({ age, sex }: Row) => `${age ?? ''},${sex ?? ''}\n`,
};

/** A fixed list of streams, with alternating types. */
export const streams: readonly Stream[] = Array.from({ length: 20 }, (_, i) => {
  const random = generator(i);
  const type = i % 2 === 0 ? 'application/x-ndjson' : 'text/csv';
  const indices = Array.from({ length: pieces * linesPerPiece }, () => Math.floor(random() * rows.length));
  const lines = indices.map((index) => lineOf[type](rows[index]));
  const bodies = Array.from({ length: pieces }, (_, piece) =>
    lines.slice(piece * linesPerPiece, (piece + 1) * linesPerPiece).join(''),
  );
  if (type === 'text/csv') bodies[0] = `age,sex\n${bodies[0]}`;
  return { type, indices, pieces: bodies };
});

/** Sends a stream and reads the answer at the same time. @throws Error if the answer is incomplete or its status is not 200 */
export async function exchangeStream(url: string, { type, pieces }: Stream): Promise<StreamedAnswer[]> {
  const headers = { 'content-type': type };
  const { status, text } = await exchange(
    `${url}/predict`,
    { headers },
    (outgoing) => void send(outgoing, pieces),
  );
  if (status !== 200) throw new Error(`status ${status} to a stream: ${text.slice(0, 200)}`);
  return readAnswers(type, text);
}

async function send(outgoing: ClientRequest, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    if (outgoing.destroyed) return; // its error gives the reason
    outgoing.write(piece);
    await wait(pause);
  }
  outgoing.end();
}

/** Reads the lines of an answer; a line that is a problem gives NaN. */
export function readAnswers(type: Stream['type'], text: string): StreamedAnswer[] {
  const lines = text.split('\n').slice(0, -1);
  if (type === 'application/x-ndjson')
    return lines.map((line) => {
      const { probability = Number.NaN, model } = JSON.parse(line);
      return { probability, version: model?.version ?? '' };
    });
  const names = (lines.shift() ?? '').split(',');
  const [probability, model] = [names.indexOf('probability'), names.indexOf('model')];
  return lines.map((line) => {
    const cells = line.split(',');
    return {
      probability: cells[probability] ? Number(cells[probability]) : Number.NaN,
      version: cells[model],
    };
  });
}
