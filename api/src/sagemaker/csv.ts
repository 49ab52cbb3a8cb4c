import type { Model } from '@hearth/artifact';
import {
  type Delimiter,
  delimiterOf,
  delimiterOfCells,
  delimiters,
  readRecord,
  readRecords,
  splitTable,
} from '@hearth/artifact/text-table';
import type { Limits } from '../admission/index.ts';
import { readHeader, recordReader } from '../formats/csv-table.ts';
import { isTooLong, type ReadRow, tooLong } from './rows.ts';

/** The rows of a CSV body, and its dialect, in which it is answered. */
export interface Csv {
  hasHeader: boolean;
  delimiter: Delimiter;
  count: number;
  rows: Iterable<ReadRow>;
}

/**
 * Reads CSV with or without a header, as SageMaker's clients and Batch Transform send it. The first line is a header where it
 * names a column, unless the content type says `header=present` or `header=absent` (RFC 4180); without one there is a cell for
 * each column, in the model's order.
 * @throws Problem INVALID_INPUT for a header that does not fit the model
 */
export function readCsv(
  text: string,
  contentType: string,
  model: Model,
  limits: Pick<Limits, 'lineBytes'>,
): Csv {
  const names = model.manifest.columns.map(({ name }) => name);
  const declared = /;\s*header\s*=\s*"?(present|absent)\b/i.exec(contentType)?.[1].toLowerCase();
  const isHeader = (first: string) =>
    declared ? declared === 'present' : namesColumn(first, new Set(names));
  const { delimiter, records } = splitTable(text, (first) =>
    isHeader(first) ? delimiterOf(first) : delimiterOfCells(first, names.length),
  );
  const hasHeader = records.length > 0 && isHeader(records[0].text);
  const read = hasHeader
    ? readHeader(records[0].text, delimiter, model)
    : recordReader(names, delimiter, model);
  const texts = records.slice(hasHeader ? 1 : 0).map((record) => record.text);

  function* rows(): Generator<ReadRow> {
    let i = 0;
    for (const cells of readRecords(texts, delimiter)) {
      if (isTooLong(texts[i], limits)) {
        yield tooLong(`/${i++}`, limits);
        continue;
      }
      const result = read(cells);
      if ('row' in result) yield { row: result.row, faults: [] };
      else
        yield {
          row: undefined,
          faults: result.faults.map(({ pointer, detail }) => ({ pointer: `/${i}${pointer}`, detail })),
        };
      i++;
    }
  }
  return { hasHeader, delimiter, count: texts.length, rows: rows() };
}

const namesColumn = (line: string, names: ReadonlySet<string>): boolean =>
  delimiters.some((delimiter) => readRecord(line, delimiter)?.some((cell) => names.has(cell.trim())));
