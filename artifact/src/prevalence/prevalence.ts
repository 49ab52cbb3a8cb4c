import type { Readings } from '../answer/readings.ts';
import { outputsOf } from '../answer/targets.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Model } from '../model.ts';

/** Shares of the classes that add up to 1, in the order of the target's; of a binary target that of class 1 alone. */
export type Shares = readonly number[];

/**
 * The shares for which the answers of a model hold: those of its training rows, or those of the population to which they are corrected.
 * @returns or else why it has none, or says none
 */
export function sharesOf({ target, data }: Pick<Manifest, 'target' | 'data'>): Shares | string {
  if (target.type !== 'binary' && target.type !== 'classes')
    return 'a prevalence is the share of an outcome, and this model predicts a number';
  const known = data.prior ? [data.prior.population] : (data.priors?.population ?? counted(data));
  if (!known || known.length !== outputsOf(target))
    return 'the serving version does not say how common the outcome was in its training';
  return known;
}

/** Counts of rows say nothing where rows weigh differently. */
function counted({ rows, positives, classes, weights }: Manifest['data']): number[] | undefined {
  if (weights?.kind === 'importance' || rows === 0) return undefined;
  return positives === undefined ? classes?.map((count) => count / rows) : [positives / rows];
}

/** What a model answers among people of whom other shares have each outcome. */
export interface AtPrevalence {
  /** Its contributions are those of the answers there; it has no prediction set, whose level holds for its own shares only. */
  model: Model;
  /** Moves answers of the model there, in place, with both ends of the interval. */
  move(readings: Readings): void;
}

/**
 * Moves the answers of a model to other shares of the outcome by Bayes' rule (Elkan 2001, IJCAI, theorem 2; of several classes Saerens,
 * Latinne & Decaestecker 2002, Neural Computation 14): odds are multiplied by the ratio of the odds of the shares, probabilities of several
 * classes by the ratio of the shares and divided by their sum. It holds where those with and those without the outcome look as in
 * training, and only their numbers differ.
 * @param own as `sharesOf` says, each above 0 @param asked likewise
 */
export function atPrevalence(model: Model, own: Shares, asked: Shares): AtPrevalence {
  const { manifest } = model;
  const { link } = manifest.answer;
  const classes = outputsOf(manifest.target);
  const ratios =
    classes > 1
      ? asked.map((share, k) => share / own[k])
      : [(asked[0] / (1 - asked[0])) * ((1 - own[0]) / own[0])];
  // only on these scales do contributions add up to the answer there
  const isAdditive = link === 'softmax' || (link === 'logit' && classes === 1);
  return {
    model: {
      ...model,
      manifest: { ...manifest, predictionSet: undefined },
      explain(row, k = 0) {
        const contributions = model.explain(row, k);
        return isAdditive
          ? { ...contributions, base: contributions.base + Math.log(ratios[k]) }
          : contributions;
      },
    },
    move(readings) {
      const { answer, outputs, low, high } = readings;
      readings.sets = undefined;
      if (outputs) {
        moveClasses(outputs, ratios);
        for (let row = 0; row < answer.length; row++) answer[row] = outputs[row * classes];
        return;
      }
      for (const each of [answer, low, high]) if (each) moveOdds(each, ratios[0]);
    },
  };
}

/** Multiplies the odds, in place; 0 and 1 stay. */
function moveOdds(chances: Float64Array, ratio: number): void {
  for (let i = 0; i < chances.length; i++) {
    const moved = chances[i] * ratio;
    chances[i] = moved / (moved + (1 - chances[i]));
  }
}

/** @param chances [rows × classes], in place */
function moveClasses(chances: Float64Array, ratios: readonly number[]): void {
  const classes = ratios.length;
  for (let at = 0; at < chances.length; at += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      chances[at + k] *= ratios[k];
      sum += chances[at + k];
    }
    for (let k = 0; k < classes && sum > 0; k++) chances[at + k] /= sum;
  }
}
