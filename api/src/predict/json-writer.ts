import type { AnswerWriter } from './answer-writer.ts';
import type { Answerer } from './answerer.ts';

/** Writes an answer, or a problem, as a line of JSON. */
export const jsonWriter = ({ members, source }: Answerer, explain: boolean): AnswerWriter => ({
  head: '',
  answer: (row) => `{${members(row, '', explain)},${source}}\n`,
  problem: ({ details }, line) => `${JSON.stringify({ ...details, line })}\n`,
});
