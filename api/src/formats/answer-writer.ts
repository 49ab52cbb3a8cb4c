import type { Row } from '@hearth/artifact';
import type { Problem } from '../server/problem.ts';

/** Writes what one line of a stream is answered by. */
export interface AnswerWriter {
  /** What stands before all answers. */
  head: string;
  answer(row: Row): string;
  problem(problem: Problem, line: number): string;
}
