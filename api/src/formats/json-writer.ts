import type { Answerer, Question } from '../predict/answerer.ts';
import type { AnswerWriter } from './line-answers.ts';

/** Writes an answer, or a problem, as a line of JSON. */
export interface JsonWriter extends AnswerWriter {
  /** The answer to the row in the answerer's `cells`. */
  answerCells(): string;
}

export function jsonWriter({ model, cells, members, source }: Answerer, question: Question): JsonWriter {
  let row = 0;
  const answerCells = (): string => `{${members(question, row++)},${source}}\n`;
  return {
    head: '',
    answerCells,
    answer(row) {
      model.writeCells(row, cells, 0);
      return answerCells();
    },
    problem({ details }, line) {
      row++;
      return `${JSON.stringify({ ...details, line })}\n`;
    },
  };
}
