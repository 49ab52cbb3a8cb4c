import { type Column, kindOf, labelOf, type Texts, textIn } from '@hearth/artifact';
import type { Design } from '../design.ts';

export interface Subgroup {
  column: string;
  label: Texts;
  rows: Int32Array;
}

/** Subgroups with fewer rows are left out. */
const fewest = 20;

/**
 * For each column that the data package lists as a subgroup: its rows by level, or by thirds of a number or a time.
 * @param among the rows that were predicted
 */
export function subgroupsOf({ table, columns }: Design, among: Int32Array): Subgroup[] {
  const predicted = new Set(among);
  const named = table.data.descriptor.hearth.subgroups ?? [];
  return columns
    .filter(({ name }) => named.includes(name))
    .flatMap((column) => {
      const toCell = kindOf(column).toCell(column, table.data.target.timeZone);
      const cells = table.inputs.map(({ [column.name]: value }) =>
        value === null ? Number.NaN : toCell(value),
      );
      return split(column, cells);
    })
    .map(({ rows, ...subgroup }) => ({ ...subgroup, rows: rows.filter((row) => predicted.has(row)) }))
    .filter(({ rows }) => rows.length >= fewest);
}

/** Of more groups none is shown: they are rather people than sites. */
const mostGroups = 20;

/** The groups that folds do not split, where they are few; each is predicted by models that were trained without it. */
export function groupsOf(
  { sampling: { groups, groupNames = [] } = {} }: Design,
  among: Int32Array,
): { name: string; rows: Int32Array }[] {
  if (!groups || groupNames.length > mostGroups) return [];
  return groupNames
    .map((name, group) => ({ name, rows: among.filter((row) => groups[row] === group) }))
    .filter(({ rows }) => rows.length >= fewest);
}

/** For each row, the places of the subgroups that it is in. */
export function placesOf(subgroups: readonly Subgroup[], rows: number): number[][] {
  const places = Array.from({ length: rows }, (): number[] => []);
  for (const [i, subgroup] of subgroups.entries()) for (const row of subgroup.rows) places[row].push(i);
  return places;
}

function split(column: Column, cells: readonly number[]): Subgroup[] {
  const levels = kindOf(column).levels(column);
  if (levels) {
    const rows = Map.groupBy(cells.keys(), (row) => cells[row]);
    return levels.map(({ label }, level) => ({
      column: column.name,
      label,
      rows: Int32Array.from(rows.get(level) ?? []),
    }));
  }
  const sorted = cells.filter((cell) => !Number.isNaN(cell)).sort((a, b) => a - b);
  const cuts = [...new Set([1 / 3, 2 / 3].map((share) => sorted[Math.floor(share * sorted.length)]))];
  const bounds = [sorted[0], ...cuts.filter((cut) => cut > sorted[0])];
  return bounds.map((low, i) => {
    const next = bounds[i + 1] ?? Infinity;
    const inside = sorted.filter((cell) => cell >= low && cell < next);
    return {
      column: column.name,
      label: rangeLabel(column, low, inside[inside.length - 1]),
      rows: Int32Array.from(cells.keys()).filter((row) => cells[row] >= low && cells[row] < next),
    };
  });
}

function rangeLabel(column: Column, low: number, high: number): Texts {
  const label = labelOf(column);
  const [from, to] = [low, high].map(kindOf(column).toValue(column));
  return {
    en: `${textIn(label, 'en')} ${from} to ${to}`,
    'pt-BR': `${textIn(label, 'pt-BR')} de ${from} a ${to}`,
  };
}
