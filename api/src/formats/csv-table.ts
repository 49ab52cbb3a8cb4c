import { kindOf, type Model, type Remark, type Row, type Value } from '@hearth/artifact';
import { faultsOf, invalidInput } from '../predict/faults.ts';
import { type Delimiter, delimiterOf, readRecord } from './csv-records.ts';

/** What the header of a CSV says about the lines below it. */
export interface Table {
  delimiter: Delimiter;
  /** The row that the cells are; what is not a number where one has to be stays text. */
  rowOf(cells: readonly string[]): Row;
  /** What is wrong with the number of cells, or with the row. */
  faultsOf(cells: readonly string[], row: Row): Remark[];
}

const numbers = {
  ',': /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i,
  // Only the comma: in a file with semicolons 1.234 is as likely to be a thousand and more.
  ';': /^[+-]?(\d+(,\d*)?|,\d+)(e[+-]?\d+)?$/i,
};

/** Reads the header of a CSV. @throws Problem INVALID_INPUT */
export function readHeader(line: string, model: Model): Table {
  const delimiter = delimiterOf(line);
  const names = readRecord(line, delimiter);
  if (!names) throw invalidInput([{ pointer: '', detail: 'has quotes in its header that do not pair up' }]);
  assertColumns(names, model);
  const readNumber = (cell: string) => (numbers[delimiter].test(cell) ? toNumber(cell) : cell);
  const byName = new Map(model.manifest.columns.map((column) => [column.name, kindOf(column).readLevel]));
  const readers = names.map((name) => byName.get(name) ?? readNumber);

  return {
    delimiter,
    rowOf(cells) {
      const row: Record<string, Value | null> = {};
      for (let i = 0; i < names.length; i++) {
        const cell = cells[i];
        row[names[i]] = cell ? readers[i](cell) : null;
      }
      return row;
    },
    faultsOf(cells, row) {
      if (cells.length !== names.length) {
        const detail = `has ${cells.length} cells; the header has ${names.length}`;
        return [{ pointer: '', detail }];
      }
      return model.check(row, '').map((fault) => ({
        ...fault,
        detail: hint(cells[names.indexOf(fault.pointer.slice(1))] ?? '', delimiter) + fault.detail,
      }));
    },
  };
}

const toNumber = (cell: string): number => Number(cell.replace(',', '.'));

/** What may have led to a cell that does not fit. */
function hint(cell: string, delimiter: Delimiter): string {
  if (cell === 'NA') return 'is NA, which has to be an empty cell (in R: na = ""): ';
  if (delimiter === ';' && /^[+-]?\d+\.\d+$/.test(cell))
    return 'has a point, where a file with semicolons has a comma: ';
  return '';
}

function assertColumns(names: string[], model: Model): void {
  const known = new Set(model.manifest.columns.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const faults = faultsOf(model, Object.fromEntries(unknown.map((name) => [name, null])), '');
    throw invalidInput(faults.filter(({ detail }) => detail !== 'is required'));
  }
  const repeated = names.filter((name, i) => names.indexOf(name) !== i);
  if (repeated.length > 0)
    throw invalidInput(repeated.map((name) => ({ pointer: `/${name}`, detail: 'is given more than once' })));
}
