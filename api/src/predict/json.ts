import { isUtf8 } from 'node:buffer';
import type { Limits } from '../limits/index.ts';
import { Problem } from '../problem.ts';
import { invalidInput } from './faults.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { scan } from './scan.ts';

const byteOrderMark = '\uFEFF';

/** Reads JSON in UTF-8. @throws Problem NOT_JSON, TOO_DEEP, INVALID_INPUT */
export function parseBody(bytes: Buffer, limits: Pick<Limits, 'jsonDepth'>): unknown {
  if (bytes.length === 0)
    throw new Problem('NOT_JSON', 'the body is empty: send one JSON object, or a list of them');
  if (!isUtf8(bytes)) throw new Problem('NOT_JSON', 'the body is not text in UTF-8');
  return parseJson(bytes.toString(), limits);
}

/** Reads JSON in which no object has a key twice. @throws Problem NOT_JSON, TOO_DEEP, INVALID_INPUT */
export function parseJson(text: string, { jsonDepth }: Pick<Limits, 'jsonDepth'>): unknown {
  const { depth, members } = scan(text);
  if (depth > jsonDepth) throw new Problem('TOO_DEEP', `it is nested more than ${jsonDepth} deep`);
  const value = parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  if (members !== membersOf(value)) {
    const repeated = repeatedKeys(text);
    if (repeated.length > 0) throw invalidInput(repeated);
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Of the message, which quotes the text, only the place is passed on.
    const place = /at position \d+/.exec((error as Error).message)?.[0] ?? 'somewhere';
    throw new Problem('NOT_JSON', `it stops being JSON ${place}: send one JSON object, or a list of them`);
  }
}

/** Members of a row, or of all rows of a batch. */
function membersOf(value: unknown): number {
  let count = 0;
  for (const row of Array.isArray(value) ? value : [value]) {
    if (typeof row === 'object') for (const _ in row) count++;
  }
  return count;
}
