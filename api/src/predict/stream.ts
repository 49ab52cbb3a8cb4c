import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askForBody, cutOff, type Limits } from '../admission/index.ts';
import { startSlice } from '../admission/slice.ts';
import type { LineAnswers } from '../formats/line-answers.ts';
import { type Line, readLines } from '../formats/lines.ts';
import { Problem } from '../server/problem.ts';

/** Characters of answers to collect before they are sent. */
const pieceSize = 32 * 1024;

/**
 * Answers a body line by line while it arrives, no faster than the client reads. If the stream fails, the connection is reset, so that a
 * partial stream never looks complete.
 * @throws Problem HTTP_TOO_OLD
 */
export function streamAnswers(
  request: FastifyRequest,
  reply: FastifyReply,
  answers: LineAnswers,
  { lineBytes, streamSeconds }: Limits,
): Readable {
  if (request.raw.httpVersion === '1.0') {
    const headers = { connection: 'upgrade, close', upgrade: 'HTTP/1.1' };
    throw new Problem('HTTP_TOO_OLD', 'send it with HTTP/1.1', undefined, headers);
  }
  askForBody(request.raw);
  // By default an error would close the connection, and the problem could not be sent.
  const source = request.raw.iterator({ destroyOnReturn: false });
  const deadline = setTimeout(() => cutOff(request), streamSeconds * 1000);
  const stream = Readable.from(pieces(readLines(source, lineBytes, answers.isTable), answers), {
    objectMode: false,
    highWaterMark: 2 * pieceSize,
  });
  stream.on('error', () => {
    if (reply.raw.headersSent) cutOff(request);
  });
  stream.on('close', () => clearTimeout(deadline));
  return stream;
}

async function* pieces(source: AsyncIterable<Line[]>, answers: LineAnswers): AsyncGenerator<string> {
  const slice = startSlice();
  let piece = '';
  for await (const lines of source) {
    for (const answer of answers.lines(lines)) {
      piece += answer;
      if (piece.length < pieceSize && !slice.isOver()) continue;
      yield piece;
      piece = '';
      if (slice.isOver()) await slice.rest();
    }
    if (piece !== '') yield piece;
    piece = '';
  }
  answers.end();
}
