import { printable } from '@hearth/artifact';
import type { SourceTable } from '../sources/index.ts';
import { cellText, columnIndex } from './places.ts';

/** What is wrong with a cell. */
export interface CellFault {
  /** Index of the row. */
  row: number;
  column: string;
  fault: string;
  /** Faults of one kind are told together; by default, those with the same text. */
  kind?: string;
}

/** So many other values and places are named. */
const examples = 3;

/** One line for each kind of fault in a column: the first cell, with its place, and where else it is. */
export function cellFaultLines(table: SourceTable, faults: readonly CellFault[]): string[] {
  const alike = Map.groupBy(faults, ({ column, fault, kind = fault }) => `${column}\n${kind}`);
  return [...alike.values()].map(([first, ...others]) => {
    const { path, unit, rows } = table;
    const at = columnIndex(table, first.column);
    const shown = ({ row }: CellFault) => {
      const text = cellText(rows[row].cells[at]);
      return text === '' ? '' : `"${printable(text, 60)}" `;
    };
    const place = ({ row }: CellFault) => `${unit} ${rows[row].place}`;
    const line = `${path}, ${place(first)}, column "${first.column}": ${shown(first)}${first.fault}`;
    if (others.length === 0) return line;
    const byValue = Map.groupBy(others, shown);
    byValue.delete(shown(first));
    const named = [...byValue.values()].slice(0, examples).map(([each]) => each);
    if (named.length === 0) return `${line}; the same in ${moreRows(others.length)}`;
    const rest = others.length - named.length;
    const list = named.map((each) => `${shown(each)}in ${place(each)}`).join(', ');
    return `${line}; likewise ${list}${rest === 0 ? '' : ` and ${moreRows(rest)}`}`;
  });
}

const moreRows = (count: number): string => (count === 1 ? '1 more row' : `${count} more rows`);
