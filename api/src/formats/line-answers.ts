import type { Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { Problem } from '../server/problem.ts';
import { type Line, lineProblem } from './lines.ts';

/** What the lines of a stream are answered by. */
export interface LineAnswers {
  /** Whether the lines are those of a table, which `readLines` splits in its own way. */
  isTable: boolean;
  lines(lines: readonly Line[]): Iterable<string>;
  /** After the last line. */
  end(): void;
}

/** Writes what one line of a stream is answered by. */
export interface AnswerWriter {
  /** What stands before all answers. */
  head: string;
  answer(row: Row): string;
  problem(problem: Problem, line: number): string;
}

/** Answers lines each of which is a row. Where `answer` throws a problem, that is the line's answer. */
export const answerEachLine = (
  writer: Pick<AnswerWriter, 'problem'>,
  limits: Limits,
  answer: (bytes: Buffer) => string,
): LineAnswers => ({
  isTable: false,
  *lines(lines) {
    for (const line of lines) {
      try {
        if ('fault' in line) throw lineProblem(line.fault, limits);
        yield answer(line.bytes);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        yield writer.problem(error, line.number);
      }
    }
  },
  end() {},
});
