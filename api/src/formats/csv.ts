import type { Value } from '@hearth/artifact';
import type { Limits } from '../admission/index.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { invalidInput } from '../predict/faults.ts';
import { readRecords } from './csv-records.ts';
import { readHeader, type Table } from './csv-table.ts';
import { csvWriter } from './csv-writer.ts';
import type { LineFormat } from './format.ts';
import { jsonWriter } from './json-writer.ts';
import type { AnswerWriter, LineAnswers } from './line-answers.ts';
import { type Line, lineProblem } from './lines.ts';
import type { MediaType } from './media-types.ts';

/** Lines that are parsed at once: it is quicker than one at a time, and must not take long. */
const together = 100;

/** CSV whose first line is a header. */
export const csv: LineFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  answeredIn: ['text/csv', 'application/x-ndjson'],
  answerLines,
  examples: ({ row }) => [
    {
      title: 'CSV',
      about:
        'The first line names columns. Commas between cells and a point in decimals, or semicolons and a decimal comma. An empty cell is not known. Answered by CSV, or with the header accept: application/x-ndjson by JSON lines.',
      body: csvOf([row, row]),
    },
  ],
  request: ({ row }) => ({
    schema: {
      type: 'string',
      description:
        'The first line names columns. Either commas between cells and a point in decimals, or semicolons and a decimal comma. An empty cell is not known. No cell holds a line break.',
    },
    example: csvOf([row]),
  }),
  response: {
    schema: {
      type: 'string',
      description: 'With a header; the column errors says what is wrong with a line.',
    },
  },
};

function answerLines(answerer: Answerer, question: Question, output: MediaType, limits: Limits): LineAnswers {
  let table: Table | undefined;
  let writer: AnswerWriter;

  function* answerBlock(lines: readonly Line[], { delimiter, rowOf, faultsOf }: Table): Generator<string> {
    const records = readRecords(
      lines.flatMap((line) => ('bytes' in line ? line.bytes.toString() : [])),
      delimiter,
    );
    for (const line of lines) {
      if ('fault' in line) {
        yield writer.problem(lineProblem(line.fault, limits), line.number);
        continue;
      }
      const cells = records.next().value;
      const row = cells && rowOf(cells);
      const faults = cells && row ? faultsOf(cells, row) : [unpaired];
      yield row && faults.length === 0
        ? writer.answer(row)
        : writer.problem(invalidInput(faults), line.number);
    }
  }

  return {
    *lines(lines: readonly Line[]): Generator<string> {
      let start = 0;
      if (!table) {
        const header = lines[start++];
        if ('fault' in header) throw lineProblem(header.fault, limits);
        table = readHeader(header.bytes.toString(), answerer.model);
        writer =
          output === 'text/csv'
            ? csvWriter(answerer, question, table.delimiter)
            : jsonWriter(answerer, question);
        yield writer.head;
      }
      for (; start < lines.length; start += together)
        yield* answerBlock(lines.slice(start, start + together), table);
    },
    end(): void {
      if (!table) throw invalidInput([{ pointer: '', detail: 'is empty: its first line names the columns' }]);
    },
  };
}

const unpaired = { pointer: '', detail: 'has quotes that do not pair up' };

/** Rows that have the same columns. */
export function csvOf(rows: readonly Record<string, Value>[]): string {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\n`).join('');
}

function cellOf(value: Value): string {
  const cell = String(value);
  return /[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
