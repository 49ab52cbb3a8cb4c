import type { Table } from '../data/table.ts';
import { learnedTarget } from '../data/targets.ts';
import { inputError } from '../errors.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';

export interface PlannedFolds {
  folds: number;
  repeats: number;
  /** Why there are fewer than asked for. */
  note?: string;
}

/**
 * As many folds as each can have rows of every class, of groups of their own, or of times of their own.
 * @throws InputError if there are fewer than two
 */
export function planFolds(table: Table, wanted: { folds: number; repeats: number }): PlannedFolds {
  const { data, target, kind, sampling = {} } = table;
  const labels = labelsOf({ target, hasClasses: learnedTarget(kind).hasClasses });
  if (sampling.times) return planByTime(table, labels, wanted.folds);
  const { groups } = sampling;
  const units = groups ? 'groups' : 'rows';
  const name = data.sampling?.group;
  for (const label of [undefined, ...new Set(labels)]) {
    const rows = Int32Array.from(labels.keys()).filter((row) => label === undefined || labels[row] === label);
    const count = groups ? new Set(rows.map((row) => groups[row])).size : rows.length;
    if (count >= wanted.folds) continue;
    const which = label === undefined ? '' : ` with ${data.target.name} = ${label}`;
    const what = `there are ${count} ${units}${groups ? ` in "${name}"` : ''}${which}`;
    if (count < 2) throw inputError('FEW_GROUPS', data.csv, what);
    const fewer = planFolds(table, { ...wanted, folds: count });
    return {
      ...fewer,
      note: fewer.note ?? `${sentence(what)}: the cross-validation has ${count} folds, not ${wanted.folds}.`,
    };
  }
  return wanted;
}

/** In the order of time there is one way to split, so that repeats would be the same. */
function planByTime(table: Table, labels: Uint8Array, wanted: number): PlannedFolds {
  const { data, sampling } = table;
  const rows = Int32Array.from(labels.keys());
  for (let folds = wanted; folds >= 1; folds--) {
    if (splitRows({ rows, labels, sampling }, folds, 0).length < folds) continue;
    const note = `The column "${data.sampling?.time}" has too few different times for ${wanted} folds: there are ${folds}.`;
    return { folds, repeats: 1, ...(folds < wanted && { note }) };
  }
  throw inputError('FEW_GROUPS', data.csv, `the column "${data.sampling?.time}" has too few different times`);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
