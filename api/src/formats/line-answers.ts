import type { Row } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import { Problem } from '../server/problem.ts';
import { type Line, lineProblem } from './lines.ts';

/** Answers the lines of a stream. */
export interface LineAnswers {
  /** Whether the lines are those of a table, as `readLines` knows them. */
  isTable: boolean;
  lines(lines: readonly Line[]): Iterable<string>;
  /** After the last line. */
  end(): void;
}

/** Writes the answer to one line of a stream. */
export interface AnswerWriter {
  /** Text before the first answer. */
  head: string;
  answer(row: Row): string;
  problem(problem: Problem, line: number): string;
}

/** Answers lines that are a row each. A problem that `answer` throws is written as the line's answer. */
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
