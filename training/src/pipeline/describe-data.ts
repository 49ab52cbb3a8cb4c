import { describeColumns } from '../data/columns.ts';
import { missingCells, type Table } from '../data/table.ts';
import { learnedTarget } from '../data/targets.ts';

/** The part of a manifest that comes from the data package and its table. */
export function describeData(table: Table) {
  const { descriptor } = table.data;
  const { model, target: _target, subgroups: _subgroups, unit, ...texts } = descriptor.hearth;
  const [licence] = descriptor.licenses;
  const { name } = table.data.target;
  const { describe, hasClasses } = learnedTarget(table.kind);
  return {
    format: 1 as const,
    name: model,
    ...texts,
    columns: describeColumns(table),
    target: describe(name, unit),
    data: {
      name: descriptor.name,
      sha256: table.sha256,
      rows: table.target.length,
      missing: missingCells(table),
      ...(hasClasses && { positives: table.target.reduce((sum, y) => sum + y, 0) }),
      sources: descriptor.sources.map(({ title, path }) => ({ title, path })),
      contributors: descriptor.contributors.map((contributor) => contributor.title),
      licence: { name: licence.name, title: licence.title, path: licence.path },
    },
  };
}
