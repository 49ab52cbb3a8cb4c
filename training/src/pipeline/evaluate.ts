import type { ChanceEvaluation, ChanceScores, ClassEvaluation, ValueEvaluation } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';
import type { Design } from '../design.ts';
import { scoreClasses, scoreEachClass } from '../evaluation/class-scores.ts';
import { reliability } from '../evaluation/metrics.ts';
import { scoreQuantiles } from '../evaluation/quantile-scores.ts';
import { scoreCalibrated, scoreCounts, scoreProbabilities, scoreValues } from '../evaluation/scores.ts';
import { weightedReliability } from '../evaluation/weighted-metrics.ts';
import { scoringOf } from '../sampling/prior.ts';
import { belowByShare } from './below-by-share.ts';
import { isRegression, judgeReferences, judgeStages } from './judge.ts';
import type { Judged, Judging } from './judging.ts';
import { predictedRows } from './rows.ts';
import { type EvaluationInput, scoreEvaluation } from './score-evaluation.ts';

/** The evaluation of the chosen candidate, compared with the other candidates and the references. */
export async function evaluate(
  chosen: Judged,
  others: readonly Judged[],
  judging: Judging,
  nested: boolean,
): Promise<ChanceEvaluation | ValueEvaluation | ClassEvaluation> {
  const candidates = [chosen, ...others].map(({ candidate: { name, label }, outOfFold }) => ({
    name,
    label,
    outOfFold,
  }));
  const references = await judgeReferences(
    candidates.map(({ name }) => name),
    judging,
  );
  const [{ outOfFold }, ...judged] = [...candidates, ...references];
  const regression = [...candidates, ...references].find(({ name }) => isRegression(name));
  const stages = await judgeStages(outOfFold, judging, regression?.outOfFold);
  const input: EvaluationInput = { chosen: outOfFold, judged, stages, judging, nested };
  const { design } = judging;
  if (design.classes) return evaluateClasses(input);
  if (design.quantiles) return evaluateQuantiles(input, design.quantiles.levels);
  return design.hasClasses ? evaluateChance(input) : evaluateValue(input);
}

function evaluateChance(input: EvaluationInput): ChanceEvaluation {
  const { chosen, judging } = input;
  const { design } = judging;
  const [first] = chosen.whole;
  const rows = predictedRows(first, 1);
  const outcomes = Float64Array.from(rows, (row) => design.target[row]);
  const predicted = Float64Array.from(rows, (row) => first[row]);
  return {
    kind: 'chance',
    ...scoreEvaluation<ChanceScores>(input, scoreCalibrated, scoreProbabilities),
    reliability: reliabilityOf(design, rows, outcomes, predicted),
    // rows of different weight cannot be counted
    ...(!scoringOf(design).weights && {
      thresholds: countAtThresholds(
        outcomes,
        predicted,
        design.table.data.descriptor.hearth.decision?.threshold,
      ),
    }),
  };
}

function evaluateValue(input: EvaluationInput): ValueEvaluation {
  const score = input.judging.design.loss === 'poisson' ? scoreCounts : scoreValues;
  return { kind: 'value', ...scoreEvaluation(input, score) };
}

function evaluateQuantiles(input: EvaluationInput, levels: readonly number[]): ValueEvaluation {
  const { chosen, judging } = input;
  return {
    kind: 'value',
    ...scoreEvaluation(input, (target, repeats, among, sampling) =>
      scoreQuantiles(target, repeats, levels, among, sampling),
    ),
    quantiles: belowByShare(judging.design, chosen, judging.protocol, levels),
  };
}

function evaluateClasses(input: EvaluationInput): ClassEvaluation {
  const { chosen, judging } = input;
  const { target, outputs } = judging.design;
  return {
    kind: 'classes',
    ...scoreEvaluation(input, (target, repeats, among, sampling) =>
      scoreClasses(target, repeats, outputs, among, sampling),
    ),
    ...scoreEachClass(target, chosen.whole, outputs, scoringOf(judging.design)),
  };
}

function reliabilityOf(design: Design, rows: Int32Array, outcomes: Float64Array, predicted: Float64Array) {
  const { weights, groups } = scoringOf(design);
  if (!weights && !groups) return reliability(outcomes, predicted);
  return weightedReliability(outcomes, predicted, {
    ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
    ...(groups && { clusters: Int32Array.from(rows, (row) => groups[row]) }),
  });
}
