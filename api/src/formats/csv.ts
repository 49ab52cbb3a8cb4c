import type { Limits } from '../admission/index.ts';
import type { Answerer } from '../predict/answerer.ts';
import { invalidInput } from '../predict/faults.ts';
import type { AnswerWriter } from './answer-writer.ts';
import { readRecords } from './csv-records.ts';
import { readHeader, type Table } from './csv-table.ts';
import { csvWriter } from './csv-writer.ts';
import { jsonWriter } from './json-writer.ts';
import type { Line } from './lines.ts';
import { lineProblem } from './lines.ts';

/** Lines that are parsed at once: it is quicker than one at a time, and must not take long. */
const together = 100;

/** Makes the function that answers lines of CSV, the first of which is the header. */
export function csvAnswers(
  answerer: Answerer,
  options: { explain: boolean; output: 'text/csv' | 'application/x-ndjson' },
  limits: Limits,
) {
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
          options.output === 'text/csv'
            ? csvWriter(answerer.model, options.explain, table.delimiter)
            : jsonWriter(answerer, options.explain);
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
