import { tableWriter } from '@hearth/artifact/text-table';
import { cellText } from '../data/places.ts';
import type { SourceCell } from '../sources/index.ts';
import type { Plan } from './plan.ts';

/** Writes rows of a table as text. */
export interface TextOutput {
  head: string;
  /** A row of the columns that are copied and those that are added; null where there is nothing. */
  row(cells: readonly SourceCell[]): string;
  /** Between two rows. */
  between: string;
  tail: string;
}

/** CSV in the dialect of the file. */
export function csvOutput({ copied, added }: Plan, delimiter = ','): TextOutput {
  const { header, line, number } = tableWriter(delimiter);
  const first = copied.length;
  return {
    head: header([...copied, ...added]),
    row: (cells) =>
      line(cells.map((cell, i) => (i >= first && typeof cell === 'number' ? number(cell) : cellText(cell)))),
    between: '',
    tail: '',
  };
}

/** An object in each line; members that have nothing are null, and `error` is left out where there is none. */
export function jsonLinesOutput(plan: Plan): TextOutput {
  const row = objectWriter(plan);
  return { head: '', row: (cells) => `${row(cells)}\n`, between: '', tail: '' };
}

/** One document: the version, and the rows. */
export function jsonOutput(plan: Plan, version: string): TextOutput {
  return {
    head: `{\n  "version": ${JSON.stringify(version)},\n  "rows": [\n    `,
    row: objectWriter(plan),
    between: ',\n    ',
    tail: '\n  ]\n}\n',
  };
}

function objectWriter({ copied, added, hasErrors }: Plan): TextOutput['row'] {
  const names = [...copied, ...added].map((name) => `${JSON.stringify(name)}:`);
  return (cells) => {
    const last = cells.length - 1;
    const shown = hasErrors && cells[last] === null ? cells.slice(0, last) : cells;
    return `{${shown.map((cell, i) => names[i] + json(cell)).join(',')}}`;
  };
}

const json = (cell: SourceCell): string => (typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell));
