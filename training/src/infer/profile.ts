import { readNumber } from '@hearth/artifact/text-table';
import type { RawCell, RawTable } from './raw-table.ts';

/** What the cells of a column are. */
export interface Profile {
  name: string;
  rows: number;
  /** The texts of the cells that are not empty, with the rows of each; in the order of the rows. */
  counts: ReadonlyMap<string, number>;
}

/** A code or a value with the rows that have it. */
export const rowsOf = ({ counts }: Pick<Profile, 'counts'>, texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + (counts.get(text) ?? 0), 0);

export const profilesOf = ({ columns, rows }: RawTable): Profile[] =>
  columns.map(({ name }, column) => {
    const counts = new Map<string, number>();
    for (const { cells } of rows) {
      const text = textOf(cells[column]);
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    return { name, rows: rows.length, counts };
  });

/** The profile of a column where each row stands for as many rows as the column `count` says. */
export function countedBy({ columns, rows, decimal }: RawTable, profile: Profile, count: string): Profile {
  const [at, by] = [profile.name, count].map((name) => columns.findIndex((column) => column.name === name));
  const counts = new Map<string, number>();
  for (const { cells } of rows) {
    const text = textOf(cells[at]);
    const times = Number(readNumber(textOf(cells[by]), decimal));
    if (text !== '' && times > 0) counts.set(text, (counts.get(text) ?? 0) + times);
  }
  return { ...profile, counts };
}

/** A profile without the cells that are missing values. */
export const without = ({ counts, ...profile }: Profile, missing: readonly string[]): Profile => ({
  ...profile,
  counts: new Map([...counts].filter(([text]) => !missing.includes(text))),
});

export const textOf = (cell: RawCell): string => (cell === null ? '' : String(cell).trim());
