import type { Manifest } from '@hearth/artifact';
import { describeColumns } from '../data/columns.ts';
import type { Table } from '../data/table.ts';

/** The part of a manifest that the data package and its table decide. */
export function describeData(table: Table) {
  const { descriptor, target } = table.data;
  const { model, title, outcome, population, intendedUse, notIntendedUse, groups } = descriptor.hearth;
  const [licence] = descriptor.licenses;
  const unit = target.hearth?.unit;
  return {
    format: 1 as const,
    name: model,
    title,
    outcome,
    population,
    intendedUse,
    notIntendedUse,
    groups,
    columns: describeColumns(table),
    target: (table.kind === 'binary'
      ? { name: target.name, type: 'binary' }
      : { name: target.name, type: 'numeric', ...(unit && { unit }) }) as Manifest['target'],
    data: {
      name: descriptor.name,
      sha256: table.sha256,
      rows: table.target.length,
      ...(table.kind === 'binary' && { positives: table.target.reduce((sum, y) => sum + y, 0) }),
      sources: descriptor.sources.map(({ title, path }) => ({ title, path })),
      contributors: descriptor.contributors.map((contributor) => contributor.title),
      licence: { name: licence.name, title: licence.title, path: licence.path },
    },
  };
}
