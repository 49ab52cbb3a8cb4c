import { english } from '@hearth/artifact';
import type { Table } from '../data/table.ts';
import { learnedTarget } from '../data/targets.ts';
import { inputError } from '../errors.ts';
import { matchedFault } from '../sampling/matched.ts';
import { survivalFault, survivalPartner } from '../sampling/survival.ts';
import { planFolds } from './plan-folds.ts';

/**
 * Refuses tables whose target does not mean what a model would learn from it.
 * @param columns that the user chose; all if left out
 * @throws InputError for survival data, and for a matched study without a prior
 */
export function assertSuitable(table: Table, columns?: readonly string[]): void {
  const { data } = table;
  const time = columns ? undefined : survivalTime(table);
  if (time !== undefined)
    throw inputError(
      'BAD_TARGET',
      data.csv,
      survivalFault(data.target.name, time, '--columns with the others'),
    );
  if (table.matched && data.sampling?.prior === undefined)
    throw inputError(
      'BAD_TARGET',
      data.csv,
      matchedFault(table.matched, `${data.target.name} = ${positiveOf(table)}`),
    );
}

/** The text of class 1. */
const positiveOf = ({ labels }: Table): string => english(labels?.[1]) || '1';

/** What a person should know about how the rows came about, one sentence each. */
export function samplingWarnings(
  table: Table,
  { columns, folds, repeats }: { columns?: readonly string[]; folds: number; repeats: number },
): string[] {
  const { note } = planFolds(table, { folds, repeats });
  const time = columns ? survivalTime(table) : undefined;
  const { name } = table.data.target;
  return [
    ...(note === undefined ? [] : [note]),
    ...(time === undefined
      ? []
      : [
          `"${time}" and "${name}" look like survival data: a row that was followed for a short time does not tell whether the event comes later.`,
        ]),
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

const columnsOf = ({ data, inputs }: Table) =>
  data.inputs.map(({ name }) => ({ name, values: inputs.map((row) => row[name]) }));
