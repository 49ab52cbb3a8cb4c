import type { Difference, Evaluation, Texts } from '@hearth/artifact';
import type { OutOfFold } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { compare, isScorable, type Scorer } from '../evaluation/scores.ts';
import { scoringOf } from '../sampling/prior.ts';
import type { Compared, Judging, StageScored } from './judging.ts';
import { predictedRows, rowNames } from './rows.ts';
import { groupsOf, placesOf, subgroupsOf } from './subgroups.ts';

/** What is scored. */
export interface EvaluationInput {
  /** Predictions of the chosen candidate. */
  chosen: OutOfFold;
  /** The other candidates and the references. */
  judged: readonly Compared[];
  /** Of the chosen candidate. */
  stages: readonly StageScored[];
  judging: Judging;
  nested: boolean;
}

/**
 * The part of an evaluation that every type of target has.
 * @param score of all rows
 * @param plain of parts of the rows, and of the base rate: without what these cannot have, such as a calibration
 */
export function scoreEvaluation<S>(
  { chosen, judged, stages, judging: { design, protocol }, nested }: EvaluationInput,
  score: Scorer<S>,
  plain: Scorer<S> = score,
) {
  const { target, outputs, hasClasses } = design;
  const sampling = scoringOf(design);
  const { weights } = sampling;
  const { groups, ...ungrouped } = sampling;
  const rows = predictedRows(chosen.whole[0], outputs);
  const subgroups = subgroupsOf(design, rows).filter(({ rows }) => isScorable(target, rows));
  const shownGroups = groupsOf(design, rows).filter(({ rows }) => isScorable(target, rows));
  const memberships = placesOf(subgroups, target.length);
  const keyOf = rowNames();
  const sizeOf = (rows: Int32Array) => ({
    rows: rows.length,
    ...(hasClasses && { positives: rows.reduce((sum, row) => sum + target[row], 0) }),
  });
  return {
    method: { ...protocol, stratified: (hasClasses || Boolean(design.classes)) && !sampling.times, nested },
    outOfFold: Array.from(rows, (row): Evaluation['outOfFold'][number] => {
      const predictions = Array.from(chosen.whole[0].subarray(row * outputs, (row + 1) * outputs));
      return {
        row: keyOf(design.table.inputs[row]),
        target: target[row],
        prediction: predictions[0],
        ...(outputs > 1 && { predictions }),
        ...(memberships[row].length > 0 && { subgroups: memberships[row] }),
        ...(weights && { weight: weights[row] }),
        ...(groups && { group: groups[row] }),
      };
    }),
    model: score(target, chosen.whole, undefined, sampling),
    references: judged.map(
      ({ name, label, outOfFold }): { name: string; label: Texts; scores: S; difference: Difference } => ({
        name,
        label,
        scores: (name === 'base-rate' ? plain : score)(target, outOfFold.whole, undefined, sampling),
        difference: compare(
          target,
          chosen.whole,
          outOfFold.whole,
          { outputs, loss: rowLossOf(design) },
          sampling,
        ),
      }),
    ),
    stages: stages.map(({ columns, model, dedicated }) => ({
      columns,
      model: score(target, model, undefined, sampling),
      dedicated: score(target, dedicated, undefined, sampling),
    })),
    subgroups: subgroups.map(({ column, label, rows }) => ({
      column,
      label,
      ...sizeOf(rows),
      scores: plain(target, chosen.whole, rows, sampling),
    })),
    ...(shownGroups.length > 0 && {
      groups: shownGroups.map(({ name, rows }) => ({
        name,
        ...sizeOf(rows),
        // within one group, its rows are what was sampled
        scores: plain(target, chosen.whole, rows, ungrouped),
      })),
    }),
  };
}
