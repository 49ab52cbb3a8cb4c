import { type ClassEvaluation, rowKey } from '@hearth/artifact';
import { scoreClasses, scoreEachClass } from '../evaluation/class-scores.ts';
import type { OutOfFold } from '../evaluation/out-of-fold.ts';
import { compare, isScorable } from '../evaluation/scores.ts';
import type { Compared, Judging, StageScored } from './evaluate.ts';
import { placesOf, subgroupsOf } from './subgroups.ts';

/** The evaluation of a target with several classes. @param judged the other candidates and the references @param stages of the chosen one */
export function evaluateClasses(
  chosen: OutOfFold,
  judged: readonly Compared[],
  stages: readonly StageScored[],
  { design, protocol }: Judging,
  nested: boolean,
): ClassEvaluation {
  const { target, outputs, table } = design;
  const score = (whole: readonly Float64Array[], among?: Int32Array) =>
    scoreClasses(target, whole, outputs, among);
  const subgroups = subgroupsOf(design).filter(({ rows }) => isScorable(target, rows));
  const places = placesOf(subgroups, target.length);
  return {
    kind: 'classes',
    method: { ...protocol, stratified: true, nested },
    model: score(chosen.whole),
    references: judged.map(({ name, label, outOfFold }) => ({
      name,
      label,
      scores: score(outOfFold.whole),
      difference: compare(target, chosen.whole, outOfFold.whole, outputs),
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
    ...scoreEachClass(target, chosen.whole, outputs),
    outOfFold: table.inputs.map((row, i) => {
      const predictions = Array.from(chosen.whole[0].subarray(i * outputs, (i + 1) * outputs));
      return {
        row: rowKey(row),
        target: target[i],
        prediction: predictions[0],
        predictions,
        ...(places[i].length > 0 && { subgroups: places[i] }),
      };
    }),
  };
}
