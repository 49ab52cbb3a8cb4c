import { type Column, kindOf, labelOf, type Texts, textIn } from '@hearth/artifact';
import type { Cell } from '../data/field.ts';
import type { Design } from '../design.ts';

export interface Subgroup {
  column: string;
  label: Texts;
  rows: Int32Array;
}

/** Subgroups with fewer rows are left out. */
const fewest = 20;

/**
 * For each column that the data package lists as a subgroup: its rows by level, or by thirds of a number.
 * @param among the rows that were predicted
 */
export function subgroupsOf({ table, columns }: Design, among: Int32Array): Subgroup[] {
  const predicted = new Set(among);
  const named = table.data.descriptor.hearth.subgroups ?? [];
  return columns
    .filter(({ name }) => named.includes(name))
    .flatMap((column) =>
      split(
        column,
        table.inputs.map((row) => row[column.name]),
      ),
    )
    .map(({ rows, ...subgroup }) => ({ ...subgroup, rows: rows.filter((row) => predicted.has(row)) }))
    .filter(({ rows }) => rows.length >= fewest);
}

function split(column: Column, values: readonly Cell[]): Subgroup[] {
  const where = (fits: (value: Cell) => boolean) =>
    Int32Array.from(values.keys()).filter((row) => values[row] !== null && fits(values[row]));
  const levels = kindOf(column).levels(column);
  if (levels) {
    return levels.map(({ value, label }) => ({
      column: column.name,
      label,
      rows: where((each) => each === value),
    }));
  }
  const sorted = values.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const cuts = [...new Set([1 / 3, 2 / 3].map((share) => sorted[Math.floor(share * sorted.length)]))];
  const bounds = [sorted[0], ...cuts.filter((cut) => cut > sorted[0])];
  return bounds.map((low, i) => {
    const next = bounds[i + 1] ?? Infinity;
    const inside = sorted.filter((value) => value >= low && value < next);
    return {
      column: column.name,
      label: rangeLabel(column, low, inside[inside.length - 1]),
      rows: where((each) => Number(each) >= low && Number(each) < next),
    };
  });
}

function rangeLabel(column: Column, low: number, high: number): Texts {
  const label = labelOf(column);
  return {
    en: `${textIn(label, 'en')} ${low} to ${high}`,
    'pt-BR': `${textIn(label, 'pt-BR')} de ${low} a ${high}`,
  };
}
