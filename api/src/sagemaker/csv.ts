import type { Model } from '@hearth/artifact';
import { type Delimiter, readRecord, readRecords } from '../formats/csv-records.ts';
import { readHeader } from '../formats/csv-table.ts';
import type { ReadRow } from './rows.ts';

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
 * each column, in the model's order. An empty cell is a value not known.
 * @throws Problem INVALID_INPUT for a header that does not fit the model
 */
export function readCsv(lines: readonly string[], contentType: string, model: Model): Csv {
  const hasHeader = lines.length > 0 && beginsWithHeader(lines[0], contentType, model);
  const table = readHeader(hasHeader ? lines[0] : headerOf(model), model);
  const { delimiter, rowOf, faultsOf } = table;
  const records = hasHeader ? lines.slice(1) : lines;

  function* rows(): Generator<ReadRow> {
    let i = 0;
    for (const cells of readRecords(records, delimiter)) {
      const row = cells && rowOf(cells);
      const faults = cells && row ? faultsOf(cells, row) : [unpaired];
      yield { row, faults: faults.map((fault) => ({ ...fault, pointer: `/${i}${fault.pointer}` })) };
      i++;
    }
  }
  return { hasHeader, delimiter, count: records.length, rows: rows() };
}

const unpaired = { pointer: '', detail: 'has quotes that do not pair up' };

function beginsWithHeader(line: string, contentType: string, { manifest }: Model): boolean {
  const said = /;\s*header\s*=\s*"?(present|absent)\b/i.exec(contentType)?.[1].toLowerCase();
  if (said !== undefined) return said === 'present';
  const names = new Set(manifest.columns.map(({ name }) => name));
  return [',', ';'].some((delimiter) =>
    (readRecord(line, delimiter as Delimiter) ?? []).some((cell) => names.has(cell)),
  );
}

/** The header that a body without one would have. */
const headerOf = ({ manifest }: Model): string =>
  manifest.columns.map(({ name }) => `"${name.replaceAll('"', '""')}"`).join(',');
