import type { Value } from '@hearth/artifact';
import {
  type Delimiter,
  delimiterOf,
  isBlank,
  readRecords,
  separatorOf,
  tableWriter,
} from '@hearth/artifact/text-table';
import type { Limits } from '../admission/index.ts';
import type { Answerer, Question } from '../predict/answerer.ts';
import { invalidInput } from '../predict/faults.ts';
import { type RecordReader, readHeader } from './csv-table.ts';
import { csvWriter } from './csv-writer.ts';
import type { LineFormat } from './format.ts';
import { jsonWriter } from './json-writer.ts';
import type { AnswerWriter, LineAnswers } from './line-answers.ts';
import { type Line, lineProblem } from './lines.ts';
import type { MediaType } from './media-types.ts';

/** Lines parsed together: faster than one by one, and few enough to be quick. */
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
        'The first line names columns. Commas or tabs between cells and a decimal point, or semicolons and a decimal comma. An empty cell is a missing value. Answered as CSV, or with the header accept: application/x-ndjson as JSON lines.',
      body: csvOf([row, row]),
    },
  ],
  request: ({ row }) => ({
    schema: {
      type: 'string',
      minLength: 1,
      pattern: '\\S',
      description:
        'The first line names columns. Cells are separated by commas or tabs, with a decimal point, or by semicolons, with a decimal comma. The other decimal sign is accepted where it cannot separate thousands. An empty cell is a missing value. No cell contains a line break.',
    },
    example: csvOf([row]),
  }),
  response: {
    schema: {
      type: 'string',
      description: 'With a header; the column errors lists the faults of a line.',
    },
  },
};

function answerLines(answerer: Answerer, question: Question, output: MediaType, limits: Limits): LineAnswers {
  let delimiter: Delimiter | undefined;
  let readRecord: RecordReader | undefined;
  let writer: AnswerWriter;

  /** Reads the header and a line such as `sep=;` before it. @returns the index of the line after them */
  function readStart(lines: readonly Line[]): number {
    for (const [i, line] of lines.entries()) {
      if ('fault' in line) throw lineProblem(line.fault, limits);
      const text = line.bytes.toString();
      if (isBlank(text, '\t')) continue;
      const separator = delimiter ? undefined : separatorOf(text);
      delimiter ??= separator ?? delimiterOf(text);
      if (separator) continue;
      readRecord = readHeader(text, delimiter, answerer.model);
      writer =
        output === 'text/csv' ? csvWriter(answerer, question, delimiter) : jsonWriter(answerer, question);
      return i + 1;
    }
    return lines.length;
  }

  function* answerBlock(lines: readonly Line[], delimiter: Delimiter, read: RecordReader): Generator<string> {
    const texts: string[] = [];
    const answered: Line[] = [];
    for (const line of lines) {
      if ('bytes' in line) {
        const text = line.bytes.toString();
        if (isBlank(text, delimiter)) continue;
        texts.push(text);
      }
      answered.push(line);
    }
    const records = readRecords(texts, delimiter);
    for (const line of answered) {
      if ('fault' in line) {
        yield writer.problem(lineProblem(line.fault, limits), line.number);
        continue;
      }
      const result = read(records.next().value ?? undefined);
      yield 'row' in result
        ? writer.answer(result.row)
        : writer.problem(invalidInput(result.faults), line.number);
    }
  }

  return {
    isTable: true,
    *lines(lines: readonly Line[]): Generator<string> {
      let start = 0;
      if (!readRecord) {
        start = readStart(lines);
        if (!readRecord) return;
        yield writer.head;
      }
      for (; start < lines.length; start += together)
        yield* answerBlock(lines.slice(start, start + together), delimiter as Delimiter, readRecord);
    },
    end(): void {
      if (!readRecord)
        throw invalidInput([{ pointer: '', detail: 'is empty: the first line must name the columns' }]);
    },
  };
}

/** Rows that have the same columns. */
export function csvOf(rows: readonly Record<string, Value>[]): string {
  const { header, line } = tableWriter(',');
  return header(Object.keys(rows[0])) + rows.map((row) => line(Object.values(row).map(String))).join('');
}
