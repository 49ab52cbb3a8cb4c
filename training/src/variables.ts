import { type Column, type Feature, isNumeric, type Part, parts } from '@hearth/artifact';
import { maximumBins } from './grow/bins.ts';
import type { GrowColumn } from './grow/index.ts';

/** What learners see of a column: itself, or a part of a date. */
export interface Variable {
  /** Its values by row, NaN where missing, and the index of its column. */
  grown: GrowColumn & { owner: number };
  /** One for numbers, one for each category. */
  features: Feature[];
}

/** A column of more categories has a number for each, learned from the targets of the training rows. */
export const isEncoded = (column: Column): boolean =>
  column.type === 'category' && !column.ordered && column.categories.length > maximumBins;

/**
 * @param cells of the column; [rows]
 * @param owner index of the column
 */
export function variablesOf(column: Column, cells: Float64Array, owner: number): Variable[] {
  const { name } = column;
  const numeric = (feature: Feature, values: Float64Array): Variable => ({
    grown: { kind: 'numeric', values, owner },
    features: [feature],
  });
  switch (column.type) {
    case 'category': {
      const { categories, ordered } = column;
      if (isEncoded(column))
        return [
          numeric(
            { column: name },
            cells.map(() => Number.NaN),
          ),
        ];
      if (ordered) return [numeric({ column: name, numbers: [...categories.keys(), null] }, cells)];
      return [
        {
          grown: { kind: 'category', values: cells, categories: categories.length, owner },
          features: categories.map(({ value }) => ({ column: name, equals: value })),
        },
      ];
    }
    case 'date':
    case 'datetime':
      return partsOf(cells).map((part) => numeric({ column: name, part }, cells.map(partOf(part))));
    default: {
      const monotone = isNumeric(column) ? column.monotone : undefined;
      const { grown, features } = numeric({ column: name }, cells);
      return [{ grown: { ...grown, ...(monotone && { monotone }) }, features }];
    }
  }
}

const partOf = (part: Part) => (cell: number) => (Number.isNaN(cell) ? cell : parts[part](cell));

/**
 * The parts of dates that say something: the days, and what returns within a week, a day, or, in more than a year, within a year. Month
 * and year would only repeat them more coarsely.
 */
function partsOf(cells: Float64Array): Part[] {
  const given = cells.filter((cell) => !Number.isNaN(cell));
  const spread = (part: Part) => {
    const values = given.map(parts[part]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  const returning = (['dayOfYear', 'weekday', 'hour'] as const).filter((part) => spread(part) > 0);
  return ['days', ...returning.filter((part) => part !== 'dayOfYear' || spread('days') > 366)];
}
