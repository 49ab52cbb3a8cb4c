import {
  type Bins,
  type Column,
  formatVersion,
  kindOf,
  levelsOf,
  type Manifest,
  mostBins,
  type Row,
} from '@hearth/artifact';
import { describeColumns } from '../data/columns.ts';
import { modelNameOf, nameOf, originOf } from '../data/origin.ts';
import { missingCells, type Table } from '../data/table.ts';
import { learnedTarget } from '../data/targets.ts';
import { shareOfPositives, sharesOfClasses } from '../sampling/prior.ts';
import { effectiveRows } from '../sampling/sampling.ts';

/** The part of a manifest that comes from the data package and its table. */
export function describeData(table: Table) {
  const { descriptor } = table.data;
  const {
    model: _model,
    target: _target,
    positive: _positive,
    subgroups: _subgroups,
    count: _count,
    weight: _weight,
    group: _group,
    time: _time,
    exposure: _exposure,
    prior: _prior,
    counts: _counts,
    quantiles: _quantiles,
    unit,
    timeZone,
    decision,
    ...texts
  } = descriptor.hearth;
  const { name } = table.data.target;
  const columns = describeColumns(table);
  const { describe, hasClasses } = learnedTarget(table.kind);
  return {
    format: formatVersion as typeof formatVersion,
    name: modelNameOf(descriptor),
    ...(descriptor.title && { title: { en: descriptor.title } }),
    ...texts,
    columns,
    ...zoneOf(columns, timeZone),
    target: describe(name, {
      unit,
      labels: table.labels,
      classes: table.classes,
      quantiles: table.quantiles,
      exposure: table.data.sampling?.exposure,
    }),
    data: {
      name: nameOf(descriptor),
      sha256: table.sha256,
      rows: table.target.length,
      missing: missingCells(table),
      bins: columns.map((column) => binsOf(column, table.inputs, table.data.target.timeZone)),
      ...(hasClasses && { positives: table.target.reduce((sum, y) => sum + y, 0) }),
      ...describeSampling(table),
      ...(decision && { decision }),
      ...(table.classes && { classes: rowsByClass(table.target, table.classes.length) }),
      ...originOf(descriptor),
    },
  };
}

/** How the rows came about. */
function describeSampling(table: Table): Partial<Manifest['data']> {
  const { count, weight, group, time, prior } = table.data.sampling ?? {};
  const { weights, priors } = table.sampling ?? {};
  const rows = Int32Array.from(table.inputs.keys());
  return {
    ...(count !== undefined && { weights: { column: count, kind: 'count' } }),
    ...(weight !== undefined && {
      weights: {
        column: weight,
        kind: 'importance',
        effective: weights ? effectiveRows(weights) : table.inputs.length,
      },
    }),
    ...(group !== undefined && { groups: group }),
    ...(time !== undefined && { time }),
    ...(typeof prior === 'number' && {
      prior: { training: shareOfPositives(table, rows), population: prior },
    }),
    ...(priors && {
      priors: { training: [...sharesOfClasses(table, rows, priors.length)], population: [...priors] },
    }),
  };
}

/** Only times have a clock; UTC, unless the data package names another one. */
const zoneOf = (columns: readonly Column[], timeZone: string | undefined) => {
  const hasTimes = columns.some(({ type }) => type === 'datetime');
  return hasTimes || timeZone !== undefined ? { timeZone: timeZone ?? 'UTC' } : {};
};

const rowsByClass = (target: Float64Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => target.filter((each) => each === k).length);

/** The smallest share of the rows in a bin, so that no bin shows single rows. */
const smallestShare = 0.05;

/** How rows are spread over the values of a column; it has one of them at least. */
export function binsOf(column: Column, inputs: readonly Row[], timeZone?: string): Bins {
  const given = inputs.flatMap((row) => row[column.name] ?? []);
  const missing = inputs.length - given.length;
  const smallest = Math.max(1, Math.ceil(smallestShare * given.length));
  if (levelsOf(column)) return { column: column.name, ...countLevels(given.map(String), smallest), missing };
  const toCell = kindOf(column).toCell(column, timeZone);
  return { column: column.name, ...countNumbers(given.map(toCell), smallest), missing };
}

/** Levels in order of their counts; those of fewer rows than `smallest` together. */
function countLevels(given: readonly string[], smallest: number): Pick<Bins, 'values' | 'counts'> {
  const counts = new Map<string, number>();
  for (const level of given) counts.set(level, (counts.get(level) ?? 0) + 1);
  const shown = [...counts]
    .filter(([, count]) => count >= smallest)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostBins);
  const others = given.length - shown.reduce((sum, [, count]) => sum + count, 0);
  return {
    values: shown.map(([level]) => level),
    counts: [...shown.map(([, count]) => count), ...(others > 0 || shown.length === 0 ? [others] : [])],
  };
}

/** Bins of about equal counts. A bin ends where a new value begins, once it has enough rows and those that are left are enough too. */
function countNumbers(given: readonly number[], smallest: number): Pick<Bins, 'edges' | 'counts'> {
  const sorted = Float64Array.from(given).sort();
  const perBin = Math.max(smallest, Math.ceil(sorted.length / mostBins));
  const edges = [sorted[0]];
  const counts: number[] = [];
  let begin = 0;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1] || i - begin < perBin || sorted.length - i < smallest) continue;
    edges.push(sorted[i]);
    counts.push(i - begin);
    begin = i;
  }
  return { edges: [...edges, sorted[sorted.length - 1]], counts: [...counts, sorted.length - begin] };
}
