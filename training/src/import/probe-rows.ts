import { type Column, type Feature, type Forest, isNumeric, type Row, usedColumns } from '@hearth/artifact';
import { nextFloat64 } from './folded.ts';

/**
 * Rows that no person has: each value is on a threshold of the trees, one step below it, a category, a text that is none, or missing. The
 * first one has only what is required.
 */
export function probeRows(
  columns: readonly Column[],
  features: readonly Feature[],
  forests: readonly Forest[],
  count: number,
  next: () => number,
): Row[] {
  const names = usedColumns(features);
  const used = columns.filter(({ name, required }) => required || names.has(name));
  const values = used.map((column) => valuesOf(column, features, forests));
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(
      used.flatMap((column, c): [string, Row[string]][] => {
        const all = values[c];
        const isLeftOut = i === 0 || next() < 0.15;
        if (isLeftOut && !column.required) return [];
        return [[column.name, all[Math.floor(next() * all.length)]]];
      }),
    ),
  );
}

function valuesOf(column: Column, features: readonly Feature[], forests: readonly Forest[]): Row[string][] {
  if (column.type === 'category')
    return [
      ...column.categories.slice(0, 1000).map(({ value }) => value),
      ...(column.open ? ['not listed'] : []),
    ];
  if (column.type === 'boolean') return [true, false];
  if (!isNumeric(column)) return [column.seen.minimum, column.seen.maximum];
  const { seen, type, minimum = -3e38, maximum = 3e38 } = column;
  const near = thresholdsOf(column.name, features, forests).flatMap((threshold) =>
    type === 'integer'
      ? [Math.floor(threshold), Math.ceil(threshold)]
      : [threshold, -nextFloat64(-threshold)],
  );
  const codes = new Set(column.missingCodes?.map(Number));
  const listed = column.enum ?? [seen.minimum, seen.maximum, ...near];
  const allowed = listed.filter(
    (x) => x >= minimum && x <= maximum && !codes.has(x) && (type === 'number' || Number.isSafeInteger(x)),
  );
  return allowed.length > 0 ? allowed : [seen.minimum];
}

/** At most 200 thresholds of a column, spread over the nodes. */
function thresholdsOf(name: string, features: readonly Feature[], forests: readonly Forest[]): number[] {
  const own = new Set(
    [...features.keys()].filter((j) => features[j].column === name && Object.keys(features[j]).length === 1),
  );
  const found = new Set<number>();
  for (const { feature, threshold } of forests)
    for (let node = 0; node < feature.length; node++) if (own.has(feature[node])) found.add(threshold[node]);
  const all = [...found].filter(Number.isFinite);
  const step = Math.max(1, all.length / 200);
  return Array.from({ length: Math.floor(all.length / step) }, (_, i) => all[Math.floor(i * step)]);
}
