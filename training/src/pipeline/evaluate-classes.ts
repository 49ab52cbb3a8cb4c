import type { ClassEvaluation } from '@hearth/artifact';
import { scoreClasses, scoreEachClass } from '../evaluation/class-scores.ts';
import type { OutOfFold } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { compare, isScorable } from '../evaluation/scores.ts';
import { scoringOf } from '../sampling/prior.ts';
import type { Compared, Judging, StageScored } from './judging.ts';
import { predictedRows, rowNames } from './rows.ts';
import { groupsOf, placesOf, subgroupsOf } from './subgroups.ts';

/** The evaluation of a target with several classes. @param judged the other candidates and the references @param stages of the chosen one */
export function evaluateClasses(
  chosen: OutOfFold,
  judged: readonly Compared[],
  stages: readonly StageScored[],
  { design, protocol }: Judging,
  nested: boolean,
): ClassEvaluation {
  const { target, outputs, table } = design;
  const sampling = scoringOf(design);
  const { weights, groups, times } = sampling;
  const rows = predictedRows(chosen.whole[0], outputs);
  const keyOf = rowNames();
  const score = (whole: readonly Float64Array[], among?: Int32Array) =>
    scoreClasses(target, whole, outputs, among, sampling);
  const { groups: _, ...ungrouped } = sampling;
  const shownGroups = groupsOf(design, rows).filter((group) => isScorable(target, group.rows));
  const subgroups = subgroupsOf(design, rows).filter((subgroup) => isScorable(target, subgroup.rows));
  const places = placesOf(subgroups, target.length);
  return {
    kind: 'classes',
    method: { ...protocol, stratified: !times, nested },
    model: score(chosen.whole),
    references: judged.map(({ name, label, outOfFold }) => ({
      name,
      label,
      scores: score(outOfFold.whole),
      difference: compare(
        target,
        chosen.whole,
        outOfFold.whole,
        { outputs, loss: rowLossOf(design) },
        sampling,
      ),
    })),
    stages: stages.map(({ columns, model, dedicated }) => ({
      columns,
      model: score(model),
      dedicated: score(dedicated),
    })),
    subgroups: subgroups.map(({ column, label, rows }) => ({
      column,
      label,
      rows: rows.length,
      scores: score(chosen.whole, rows),
    })),
    ...(shownGroups.length > 0 && {
      groups: shownGroups.map(({ name, rows }) => ({
        name,
        rows: rows.length,
        scores: scoreClasses(target, chosen.whole, outputs, rows, ungrouped),
      })),
    }),
    ...scoreEachClass(target, chosen.whole, outputs, sampling),
    outOfFold: Array.from(rows, (row) => {
      const predictions = Array.from(chosen.whole[0].subarray(row * outputs, (row + 1) * outputs));
      return {
        row: keyOf(table.inputs[row]),
        target: target[row],
        prediction: predictions[0],
        predictions,
        ...(places[row].length > 0 && { subgroups: places[row] }),
        ...(weights && { weight: weights[row] }),
        ...(groups && { group: groups[row] }),
      };
    }),
  };
}
