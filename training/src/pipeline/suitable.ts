import type { Table } from '../data/table.ts';
import { learnedTarget } from '../data/targets.ts';
import { inputError } from '../errors.ts';
import { matchedBy } from '../sampling/matched.ts';
import { askForGroups, repeatedIds } from '../sampling/repeated-ids.ts';
import { survivalPartner } from '../sampling/survival.ts';
import { planFolds } from './plan-folds.ts';

/**
 * Refuses tables whose target does not mean what a model would learn from it.
 * @param columns that the user chose; all if left out
 * @throws InputError for survival data, and for a matched study without a prior
 */
export function assertSuitable(table: Table, columns?: readonly string[]): void {
  const { data } = table;
  const time = columns ? undefined : survivalTime(table);
  if (time !== undefined) throw inputError('SURVIVAL', data.csv, time, data.target.name);
  const matched = data.sampling?.prior === undefined ? matchedSets(table) : undefined;
  if (!matched) return;
  const { column, sets, positives, negatives } = matched;
  const rows = (count: number) => (count === 1 ? '1 row' : `${count} rows`);
  const each = `almost all ${sets} values of "${column}" have ${rows(positives)} with ${data.target.name} = 1 and ${rows(negatives)} with 0`;
  throw inputError('MATCHED', data.csv, each);
}

/** What a person should know about how the rows came about, one sentence each. */
export function samplingWarnings(
  table: Table,
  { columns, folds, repeats }: { columns?: readonly string[]; folds: number; repeats: number },
): string[] {
  const { note } = planFolds(table, { folds, repeats });
  const time = columns ? survivalTime(table) : undefined;
  const { name } = table.data.target;
  const isGrouped = table.sampling?.groups !== undefined;
  return [
    ...(note === undefined ? [] : [note]),
    ...(time === undefined
      ? []
      : [
          `"${time}" and "${name}" look like survival data: a row that was followed for a short time does not tell whether the event comes later.`,
        ]),
    ...(isGrouped ? [] : repeatedIds(columnsOf(table)).map(askForGroups)),
  ];
}

/** The column with the time to the target, if it looks like an event. */
function survivalTime(table: Table): string | undefined {
  const { data, kind } = table;
  const positive = columnsOf(table).filter(
    ({ name, values }) =>
      name !== data.sampling?.time && values.every((value) => typeof value === 'number' && value > 0),
  );
  const isStatus = learnedTarget(kind).hasClasses;
  return isStatus
    ? survivalPartner(
        { name: data.target.name, isStatus },
        positive.map(({ name }) => name),
      )
    : undefined;
}

/** The sets of a matched study, by the groups or by any column. */
function matchedSets(table: Table) {
  if (!learnedTarget(table.kind).hasClasses) return undefined;
  const { groups } = table.sampling ?? {};
  const named = table.data.sampling?.group;
  const grouped = groups && named !== undefined ? [{ name: named, values: groups }] : [];
  const measured = new Set(table.data.inputs.filter(({ type }) => type === 'number').map(({ name }) => name));
  const columns = columnsOf(table).filter(({ name }) => !measured.has(name));
  return matchedBy([...grouped, ...columns], table.target);
}

const columnsOf = ({ data, inputs }: Table) =>
  data.inputs.map(({ name }) => ({ name, values: inputs.map((row) => row[name]) }));
