import { assertRow } from '../predict/faults.ts';
import type { LineFormat } from './format.ts';
import { jsonWriter } from './json-writer.ts';
import { answerEachLine } from './line-answers.ts';
import { parseJson } from './parse-json.ts';
import { readOneRow } from './plain-json.ts';

/** Lines of JSON, each a row; each is answered by a line of its own. */
export const ndjson: LineFormat = {
  contentType: 'application/x-ndjson',
  answeredIn: ['application/x-ndjson'],
  answerLines(answerer, question, _output, limits) {
    const writer = jsonWriter(answerer, question);
    return answerEachLine(writer, limits, (bytes) => {
      if (readOneRow(answerer.model, bytes, answerer.cells)) return writer.answerCells();
      const row = parseJson(bytes.toString(), limits);
      assertRow(answerer.model, row);
      return writer.answer(row);
    });
  },
  examples: ({ row, least }) => [
    {
      title: 'A stream of JSON lines',
      about: 'Each line is a row, and is answered by a line.',
      body: ndjsonOf([row, least]),
    },
  ],
  request: ({ row, least }) => ({
    schema: { type: 'string', description: 'A row in each line, as JSON.' },
    example: ndjsonOf([row, least]),
  }),
  response: {
    schema: { type: 'string', description: 'In each line a Prediction, or a Problem with its line.' },
  },
};

export const ndjsonOf = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
