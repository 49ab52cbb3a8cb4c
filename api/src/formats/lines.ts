import { isUtf8 } from 'node:buffer';
import type { Limits } from '../admission/index.ts';
import { Problem } from '../server/problem.ts';

/** A line of a stream, in UTF-8; one that cannot be read has no bytes, but a fault. */
export type Line = { number: number } & ({ bytes: Buffer } | { fault: 'TOO_LONG' | 'NOT_UTF8' });

const newline = 10;
const carriageReturn = 13;
const tab = 9;
const byteOrderMark = Buffer.from('\uFEFF');

/**
 * Splits text into its lines, a list for each chunk. Keeps only the unfinished line, and at most `longest` bytes of it. Lines are counted from 1; blank lines are counted and left out.
 * @param isTable whether a CR alone ends a line too, and a line of tabs is not blank
 */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  longest: number,
  isTable: boolean,
): AsyncGenerator<Line[], void> {
  let begun: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  /** Whether the last piece ended with a CR, which a LF may follow. */
  let endedByReturn = false;

  function finish(end: Buffer, into: Line[]): void {
    number++;
    const isTooLong = bytes + end.length > longest;
    const line = begun.length > 0 && !isTooLong ? Buffer.concat([...begun, end]) : end;
    begun = [];
    bytes = 0;
    if (isTooLong) into.push({ number, fault: 'TOO_LONG' });
    else if (!isUtf8(line)) into.push({ number, fault: 'NOT_UTF8' });
    else {
      const isMarked = number === 1 && line.subarray(0, byteOrderMark.length).equals(byteOrderMark);
      const from = isMarked ? byteOrderMark.length : 0;
      const bytes = line.subarray(from, line.at(-1) === carriageReturn ? line.length - 1 : line.length);
      if (!isBlank(bytes) || (isTable && bytes.includes(tab))) into.push({ number, bytes });
    }
  }

  for await (const chunk of source) {
    const lines: Line[] = [];
    let start: number = endedByReturn && chunk[0] === newline ? 1 : 0;
    if (chunk.length > 0) endedByReturn = false;
    let feed = chunk.indexOf(newline, start);
    let back = isTable ? chunk.indexOf(carriageReturn, start) : -1;
    while (feed >= 0 || back >= 0) {
      const isByReturn = back >= 0 && (feed < 0 || back < feed);
      const end = isByReturn ? back : feed;
      finish(chunk.subarray(start, end), lines);
      start = end + 1;
      if (isByReturn) {
        endedByReturn = start === chunk.length;
        if (feed === start) start++;
        back = chunk.indexOf(carriageReturn, start);
      }
      if (feed >= 0 && feed < start) feed = chunk.indexOf(newline, start);
    }
    if (start < chunk.length) {
      bytes += chunk.length - start;
      if (bytes <= longest) begun.push(chunk.subarray(start));
      else begun = [];
    }
    if (lines.length > 0) yield lines;
  }
  if (bytes > 0) {
    const last: Line[] = [];
    finish(Buffer.alloc(0), last);
    if (last.length > 0) yield last;
  }
}

/** Whether there is only white space, Unicode included. */
const isBlank = (bytes: Buffer): boolean =>
  bytes.length === 0 || ((bytes[0] <= 32 || bytes[0] > 126) && bytes.toString().trim() === '');

/** The problem for a line that cannot be read. */
export function lineProblem(fault: 'TOO_LONG' | 'NOT_UTF8', { lineBytes }: Limits): Problem {
  return fault === 'TOO_LONG'
    ? new Problem('TOO_LONG', `it has more than ${lineBytes} bytes`)
    : new Problem('INVALID_INPUT', 'the line is not text in UTF-8', [
        { pointer: '', detail: 'is not text in UTF-8' },
      ]);
}
