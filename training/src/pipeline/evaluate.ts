import type {
  ChanceEvaluation,
  ChanceScores,
  Difference,
  Texts,
  ValueEvaluation,
  ValueScores,
} from '@hearth/artifact';
import { rowKey } from '@hearth/artifact';
import { baseRate } from '../contenders/base-rate.ts';
import type { Candidate, Contender } from '../contenders/contender.ts';
import { linear } from '../contenders/linear.ts';
import { mlForestReference } from '../contenders/ml-forest.ts';
import type { Design } from '../design.ts';
import { type OutOfFold, type Protocol, predictOutOfFold } from '../evaluation/out-of-fold.ts';
import { compare, scoreCalibrated, scoreChances, scoreValues } from '../evaluation/score.ts';
import { reliability } from '../evaluation/scores.ts';
import type { Progress } from '../progress.ts';
import { knowledgeStages, knownIndices } from './stages.ts';
import { subgroupsOf } from './subgroups.ts';

/** A candidate with its out-of-fold predictions. */
export interface Judged {
  candidate: Candidate;
  outOfFold: OutOfFold;
}

/** ml-random-forest is slow: as a reference it is judged on a few folds, with options that suit many tables. */
const reference = {
  options: { trees: 100, minNumSamples: 10, maxDepth: Infinity, maxFeatures: 0.6 },
  folds: 3,
};

/** Most rows for which the reference ends in reasonable time: it takes time with their square. */
const referenceRows = 1000;

/** Predicts every row out of fold by every candidate, at every stage of knowledge. */
export function judge(
  candidates: readonly Candidate[],
  design: Design,
  protocol: Protocol,
  progress: Progress,
): Judged[] {
  const stages = knowledgeStages(design).map(({ known }) => known);
  return candidates.map((candidate) => {
    const onFold = progress.start(
      `${candidate.label.en}: ${describe(protocol)}`,
      protocol.folds * protocol.repeats,
    );
    return { candidate, outOfFold: predictOutOfFold(candidate, design, protocol, { stages, onFold }) };
  });
}

export const describe = ({ folds, repeats }: Protocol): string =>
  `${repeats} × ${folds}-fold cross-validation`;

/** Mean squared error (for chances: the Brier score) over the repeats. */
export function meanLoss({ target }: Design, { whole }: OutOfFold): number {
  const squares = whole.map((prediction) =>
    prediction.reduce((sum, value, row) => sum + (value - target[row]) ** 2, 0),
  );
  return squares.reduce((a, b) => a + b) / (whole.length * target.length);
}

/** The evaluation of the chosen candidate beside the others and the references. */
export function evaluate(
  chosen: Judged,
  others: readonly Judged[],
  design: Design,
  protocol: Protocol,
  nested: boolean,
  progress: Progress,
): ChanceEvaluation | ValueEvaluation {
  const { target } = design;
  const judged = [
    ...others.map(({ candidate, outOfFold }) => ({
      name: candidate.name,
      label: candidate.label,
      outOfFold,
    })),
    ...judgeReferences(chosen.candidate.name, design, protocol, progress),
  ];
  const stages = judgeStages(chosen.outOfFold, design, protocol, progress);
  const shared = {
    method: { ...protocol, stratified: design.loss === 'logistic', nested },
    outOfFold: design.table.inputs.map((row, i) => ({
      row: rowKey(row),
      target: target[i],
      prediction: chosen.outOfFold.whole[0][i],
    })),
  };
  const assemble = <S>(score: Scorer<S>, plain: Scorer<S>) => ({
    ...shared,
    model: score(target, chosen.outOfFold.whole),
    references: judged.map(
      ({ name, label, outOfFold }): { name: string; label: Texts; scores: S; difference: Difference } => ({
        name,
        label,
        scores: (name === 'base-rate' ? plain : score)(target, outOfFold.whole),
        difference: compare(target, chosen.outOfFold.whole, outOfFold.whole),
      }),
    ),
    stages: stages.map(({ columns, model, dedicated }) => ({
      columns,
      model: score(target, model),
      dedicated: score(target, dedicated),
    })),
    subgroups: subgroupsOf(design).map(({ column, label, rows }) => ({
      column,
      label,
      rows: rows.length,
      ...(design.loss === 'logistic' && { positives: rows.reduce((sum, row) => sum + target[row], 0) }),
      scores: plain(target, chosen.outOfFold.whole, rows),
    })),
  });
  if (design.loss === 'squared') return { kind: 'value', ...assemble<ValueScores>(scoreValues, scoreValues) };
  return {
    kind: 'chance',
    ...assemble<ChanceScores>(scoreCalibrated, scoreChances),
    reliability: reliability(target, chosen.outOfFold.whole[0]),
  };
}

type Scorer<S> = (target: ArrayLike<number>, repeats: readonly Float64Array[], among?: Int32Array) => S;

function judgeReferences(chosen: string, design: Design, protocol: Protocol, progress: Progress) {
  const run = ({ name, label, learn }: Contender, most = protocol.folds * protocol.repeats) => {
    const onFold = progress.start(label.en, most);
    return {
      name,
      label,
      outOfFold: predictOutOfFold({ name, label, learn }, design, protocol, { most, onFold }),
    };
  };
  const references = [run(linear(design)), run(baseRate(design))];
  if (chosen !== 'ml-random-forest' && design.x.length <= referenceRows) {
    const most = Math.min(reference.folds, protocol.folds * protocol.repeats);
    references.push(run(mlForestReference(design, reference.options), most));
  }
  return references;
}

function judgeStages({ staged }: OutOfFold, design: Design, protocol: Protocol, progress: Progress) {
  const stages = knowledgeStages(design);
  const onFold = progress.start(
    'regressions made for each stage',
    stages.length * protocol.folds * protocol.repeats,
  );
  return stages.map(({ columns, known }, i) => ({
    columns,
    model: staged[i],
    dedicated: predictOutOfFold(linear(design, knownIndices(known)), design, protocol, { onFold }).whole,
  }));
}
