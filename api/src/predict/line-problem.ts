import type { Limits } from '../limits/index.ts';
import { Problem } from '../problem.ts';

/** The problem of a line that cannot be read. */
export function lineProblem(fault: 'TOO_LONG' | 'NOT_UTF8', { lineBytes }: Limits): Problem {
  return fault === 'TOO_LONG'
    ? new Problem('TOO_LONG', `it has more than ${lineBytes} bytes`)
    : new Problem('INVALID_INPUT', 'the line is not text in UTF-8', [
        { pointer: '', detail: 'is not text in UTF-8' },
      ]);
}
