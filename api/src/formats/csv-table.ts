import { type Model, pointerTo, type Remark, type Row, usedColumns, type Value } from '@hearth/artifact';
import {
  cellReader,
  type Delimiter,
  decimalOf,
  headerFaults,
  isFault,
  readRecord,
  recordFault,
} from '@hearth/artifact/text-table';
import { faultsOf, invalidInput } from '../predict/faults.ts';

/** Reads a record of a CSV: the row, or what is wrong with it. */
export type RecordReader = (cells: string[] | undefined) => { row: Row } | { faults: Remark[] };

/** The reader of the records below a header. @throws Problem INVALID_INPUT for a header that does not fit the model */
export function readHeader(header: string, delimiter: Delimiter, model: Model): RecordReader {
  const names = readRecord(header, delimiter)?.map((name) => name.trim());
  if (!names) throw invalidInput([{ pointer: '', detail: 'has quotes in its header that do not pair up' }]);
  assertColumns(names, model);
  return recordReader(names, delimiter, model);
}

/** The reader of records that have a cell for each of these columns. */
export function recordReader(
  names: readonly string[],
  delimiter: Delimiter,
  { manifest: { columns, features, timeZone } }: Model,
): RecordReader {
  const used = usedColumns(features);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const readers = names.map((name) => {
    const column = byName.get(name);
    if (!column) throw new TypeError(`the column ${name} has been checked to be known`);
    return cellReader(column, decimalOf(delimiter), timeZone, used.has(name));
  });
  const absent: Remark[] = columns
    .filter(({ name, required }) => required && !names.includes(name))
    .map(({ name }) => ({ pointer: pointerTo('', name), detail: 'is required' }));

  return (cells) => {
    if (cells?.length !== names.length)
      return { faults: [{ pointer: '', detail: recordFault(cells, names.length) }] };
    const row: Record<string, Value | null> = {};
    let faults: Remark[] | undefined;
    for (let i = 0; i < names.length; i++) {
      const cell = readers[i](cells[i]);
      if (!isFault(cell)) row[names[i]] = cell;
      else {
        faults ??= [];
        faults.push({ pointer: pointerTo('', names[i]), detail: cell.fault });
      }
    }
    return faults || absent.length > 0 ? { faults: [...(faults ?? []), ...absent] } : { row };
  };
}

function assertColumns(names: readonly string[], model: Model): void {
  const known = new Set(['', ...model.manifest.columns.map(({ name }) => name)]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const faults = faultsOf(model, Object.fromEntries(unknown.map((name) => [name, null])), '');
    throw invalidInput(faults.filter(({ detail }) => detail !== 'is required'));
  }
  const faults = headerFaults(names);
  if (faults.length > 0)
    throw invalidInput(faults.map(({ name, fault }) => ({ pointer: pointerTo('', name), detail: fault })));
}
