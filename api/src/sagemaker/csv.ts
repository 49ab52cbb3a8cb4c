import type { Model, Remark, Row } from '@hearth/artifact';
import {
  type Answerer,
  csvWriter,
  invalidInput,
  readHeader,
  readRecord,
  readRecords,
  type Table,
} from '../predict/index.ts';

/** The rows of a CSV body, and how to answer them in kind. */
export interface CsvRows {
  rows: Row[];
  /** The answers as CSV, with a header where the body had one. */
  answer(answerer: Answerer): string;
}

/**
 * Reads CSV with or without a header, as SageMaker's clients and Batch Transform send it. The first line is a header where it
 * names a column, unless the content type says `header=present` or `header=absent` (RFC 4180); without one there is a cell for
 * each column, in the model's order. An empty cell is a value not known.
 * @throws Problem INVALID_INPUT
 */
export function readCsv(text: string, contentType: string, model: Model): CsvRows {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const header = hasHeader(lines[0] ?? '', contentType, model) ? lines.shift() : undefined;
  const table = readHeader(header ?? headerOf(model), model);
  const rows = readRows(lines, table);
  return {
    rows,
    answer(answerer) {
      const writer = csvWriter(answerer.model, false, table.delimiter);
      return (header === undefined ? '' : writer.head) + rows.map((row) => writer.answer(row)).join('');
    },
  };
}

function hasHeader(line: string, contentType: string, { manifest }: Model): boolean {
  const said = /;\s*header\s*=\s*"?(present|absent)\b/i.exec(contentType)?.[1].toLowerCase();
  if (said !== undefined) return said === 'present';
  const names = new Set(manifest.columns.map(({ name }) => name));
  return [',', ';'].some((delimiter) =>
    (readRecord(line, delimiter as ',' | ';') ?? []).some((cell) => names.has(cell)),
  );
}

/** The header that a body without one would have. */
const headerOf = ({ manifest }: Model): string =>
  manifest.columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(',');

function readRows(lines: readonly string[], { delimiter, rowOf, faultsOf }: Table): Row[] {
  if (lines.length === 0) throw invalidInput([{ pointer: '', detail: 'has no rows: send at least one' }]);
  const faults: Remark[] = [];
  const rows = [...readRecords(lines, delimiter)].map((cells = [], i) => {
    const row = rowOf(cells);
    for (const { pointer, detail } of faultsOf(cells, row))
      faults.push({ pointer: `/${i}${pointer}`, detail });
    return row;
  });
  if (faults.length > 0) throw invalidInput(faults);
  return rows;
}
