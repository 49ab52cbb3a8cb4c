import { ofOutput } from '@hearth/artifact';
import type { Design } from '../../design.ts';
import type { Split } from '../../evaluation/folds.ts';
import { boostLeafwise, chooseLeafwise, type GradientBoosting, joinForests } from '../../grow/index.ts';
import { boostedLoss, heldOut, packSets, roundsForAll } from '../leafwise.ts';
import { type Publishable, trainingOf } from '../learner.ts';
import { additiveScores, type Regression, startOf } from './additive-scores.ts';
import { behind, gateOf } from './gate.ts';
import { roundsWithRoom } from './room.ts';
import { undoing } from './undo.ts';

const boosting = {
  rate: 0.1,
  leaves: 15,
  l2: 1,
  minimumWeight: 1e-3,
  maxDepth: Infinity,
  rowShare: 0.3,
  columnShare: 0.7,
};
/** Copies of a row, as far as there are not more answers; they have nearly all of the weight, as rows without a missing value need no trees. */
const copies = { most: 4, answers: 60_000, share: 0.9 };
const search = { first: 0, maximum: 500, patience: 30 };
/** As many rows are enough to choose the number of rounds. */
const enoughHeldOut = 300;
/** With more rows × outputs, or more columns, a regression stays as it is. */
const mostAnswers = { ofOne: 3000, ofClasses: 15_000 };
const mostColumns = 100;

/**
 * Adds to a regression trees that correct it where columns are missing, and add nothing where all are given. A regression has one coefficient
 * for each column, which is wrong where a column that it is correlated with is missing. The trees are boosted on masked copies of the rows, from the
 * scores of the regression or from a constant, whichever has the smaller loss on masked copies of rows held out. Each tree is there twice: as
 * it is, and with the opposite sign below a chain of splits that only rows pass that have all columns which no training row misses.
 * @param fit fits the same regression to other rows @returns undefined if the regression stays as it is
 */
export function correctWhereMissing(
  design: Design,
  rows: Int32Array,
  seed: number,
  regression: Regression,
  fit: (design: Design, rows: Int32Array) => Regression,
): Pick<Publishable, 'trees' | 'answer' | 'added'> | undefined {
  const gate = gateOf(design, rows);
  const hasOthers = design.columns.length > 1; // whose coefficients would be wrong
  if (!hasOthers || gate.length === 0 || isLarge(design, rows, gate)) return undefined;
  const splits = heldOut(design, rows, seed, enoughHeldOut);
  if (splits.length === 0) return undefined;
  const options = boostingOf(design, rows, seed);
  const starts = [true, false].map((fromRegression) => {
    const most = roundsWithRoom(design, { leaves: boosting.leaves, gate: gate.length, fromRegression });
    return { fromRegression, most };
  });
  const chosen = chooseStart(
    design,
    rows,
    splits,
    fit,
    options,
    starts.filter(({ most }) => most > 0),
  );
  if (!chosen) return undefined;
  const { fromRegression, rounds } = chosen;
  if (fromRegression && rounds === 0) return undefined;
  const scores = additiveScores(design, rows, regression);
  const started = { ...trainingOf(design, rows), start: startOf(design, scores, fromRegression) };
  const grown = boostLeafwise(started, options, rounds);
  const { sets, added } = packSets(design, grown.sets);
  const undone = fromRegression ? undefined : undoing(design, rows, scores);
  const { forest, others = [] } = regression.trees;
  const [first, ...rest] = [forest, ...others].map((own, k) => {
    const corrections = [...(undone ? [undone[k]] : []), grown.forests[k]];
    return joinForests([own, ...corrections.flatMap((each) => [each, behind(gate, each)])]);
  });
  const { base, linear } = undivided(design, regression, added.length);
  return {
    trees: { forest: first, ...(rest.length > 0 && { others: rest }), ...sets, ...(linear && { linear }) },
    answer: { ...regression.answer, base, divisor: 1 },
    added,
  };
}

const isLarge = ({ outputs }: Design, rows: Int32Array, gate: readonly number[]): boolean =>
  gate.length > mostColumns ||
  rows.length * outputs > (outputs > 1 ? mostAnswers.ofClasses : mostAnswers.ofOne);

function boostingOf(design: Design, rows: Int32Array, seed: number): GradientBoosting {
  const affordable = copies.answers / (rows.length * design.outputs);
  return {
    ...boosting,
    loss: boostedLoss(design),
    seed,
    mask: { copies: Math.min(copies.most, Math.max(1, affordable)), share: copies.share },
  };
}

/** Scores to start from, and how many rounds from there have room. */
interface Start {
  fromRegression: boolean;
  most: number;
}

/** The start with the smaller loss on rows held out and their masked copies, and the number of rounds for all rows. */
function chooseStart(
  design: Design,
  rows: Int32Array,
  splits: readonly Split[],
  fit: (design: Design, rows: Int32Array) => Regression,
  options: GradientBoosting,
  starts: readonly Start[],
): { fromRegression: boolean; rounds: number } | undefined {
  const tasks = splits.map(({ train, test }) => {
    const inner = design.forRows(train);
    return { inner, train, test, scores: additiveScores(inner, train, fit(inner, train)) };
  });
  const [best] = starts
    .map(({ fromRegression, most }) => {
      const held = tasks.map(({ inner, train, test, scores }) => ({
        training: { ...trainingOf(inner, train), start: startOf(inner, scores, fromRegression) },
        test,
      }));
      const limits = { ...search, maximum: Math.min(search.maximum, most) };
      return { fromRegression, most, ...chooseLeafwise(held, [options], limits) };
    })
    .sort((a, b) => a.loss - b.loss);
  return best && { ...best, rounds: Math.min(best.most, roundsForAll(best.rounds, rows, splits)) };
}

/** Base and linear terms that no divisor follows, with room for more features. */
function undivided({ outputs }: Design, { trees: { linear }, answer }: Regression, more: number) {
  const divisors = Array.from({ length: outputs }, (_, k) => ofOutput(answer.divisor, k, 1));
  const base = divisors.map((divisor, k) => ofOutput(answer.base, k, 0) / divisor);
  const wider = (tensor: Float64Array) => {
    const room = new Float64Array(tensor.length + more * outputs);
    for (let i = 0; i < tensor.length; i++) room[i] = tensor[i] / divisors[i % outputs];
    return room;
  };
  return {
    base: outputs > 1 ? base : base[0],
    linear: linear && {
      coefficient: wider(linear.coefficient),
      missing: wider(linear.missing),
      mean: wider(linear.mean),
    },
  };
}
