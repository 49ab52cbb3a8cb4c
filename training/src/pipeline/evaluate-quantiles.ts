import type { ValueEvaluation } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { OutOfFold, Protocol } from '../evaluation/out-of-fold.ts';
import { scoreQuantiles } from '../evaluation/quantile-scores.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { compare, isScorable } from '../evaluation/scores.ts';
import { scoringOf } from '../sampling/prior.ts';
import { predictionsByShare } from './by-share.ts';
import type { Compared, Judging, StageScored } from './judging.ts';
import { shares } from './masks.ts';
import { predictedRows, rowNames } from './rows.ts';
import { groupsOf, placesOf, subgroupsOf } from './subgroups.ts';

/** The evaluation of quantiles. @param judged the other candidates and the references @param stages of the chosen one */
export function evaluateQuantiles(
  chosen: OutOfFold,
  judged: readonly Compared[],
  stages: readonly StageScored[],
  { design, protocol }: Judging,
  nested: boolean,
): ValueEvaluation {
  const { target, outputs, table, quantiles: { levels } = { levels: [] } } = design;
  const sampling = scoringOf(design);
  const { weights, groups } = sampling;
  const rows = predictedRows(chosen.whole[0], outputs);
  const keyOf = rowNames();
  const score = (whole: readonly Float64Array[], among?: Int32Array) =>
    scoreQuantiles(target, whole, levels, among, sampling);
  const { groups: _, ...ungrouped } = sampling;
  const shownGroups = groupsOf(design, rows).filter((group) => isScorable(target, group.rows));
  const subgroups = subgroupsOf(design, rows).filter((subgroup) => isScorable(target, subgroup.rows));
  const places = placesOf(subgroups, target.length);
  return {
    kind: 'value',
    method: { ...protocol, stratified: false, nested },
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
        scores: scoreQuantiles(target, chosen.whole, levels, rows, ungrouped),
      })),
    }),
    quantiles: belowByShare(design, chosen, protocol, levels),
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

/** The shares from the most columns to the fewest, of so many predictions at least. */
const fewest = 20;

/** How many outcomes are at most each quantile, by the share of given columns. */
function belowByShare(
  design: Design,
  outOfFold: OutOfFold,
  protocol: Protocol,
  levels: readonly number[],
): ValueEvaluation['quantiles'] {
  const groups = predictionsByShare(design, outOfFold, protocol);
  return shares.flatMap((given, i) => {
    const group = groups[i];
    if (group.length < fewest) return [];
    const total = group.reduce((sum, { weight }) => sum + weight, 0);
    const rows = group.length;
    // weights as shares of the rows
    const below = levels.map((_, k) =>
      group.reduce(
        (sum, { row, prediction, at, weight }) =>
          sum + (design.target[row] <= prediction[at + k] ? (weight * rows) / total : 0),
        0,
      ),
    );
    return [{ given, rows, below }];
  });
}
