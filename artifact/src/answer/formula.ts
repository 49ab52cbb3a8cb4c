import * as v from 'valibot';
import type { Feature } from '../columns/features.ts';
import { ShortestFormula } from './interval.ts';
import { intervalLevel } from './level.ts';
import { type Link, links } from './link.ts';
import { OutcomeFormula } from './outcome.ts';
import type { PredictionSet } from './prediction-set.ts';
import type { Target } from './targets.ts';

const finite = v.pipe(v.number(), v.finite());
const perOutput = v.union([finite, v.pipe(v.array(finite), v.minLength(1))]);

/** answer = link((base + Σ leaf) / divisor · scale + offset); docs/FORMAT.md has the order of the arithmetic. */
export const AnswerFormula = v.strictObject({
  base: v.optional(perOutput),
  divisor: v.optional(perOutput),
  link: v.picklist(Object.keys(links) as Link[]),
  scale: v.optional(perOutput),
  offset: v.optional(perOutput),
  /** The sum begins with the base instead of ending with it. */
  baseFirst: v.optional(v.boolean()),
  /** float32: each result is rounded to it. */
  precision: v.optional(v.picklist(['float64', 'float32'])),
  /** The last step of a probability whose link is the identity. */
  recalibration: v.optional(v.strictObject({ intercept: finite, slope: finite })),
});
export type AnswerFormula = v.InferOutput<typeof AnswerFormula>;

/**
 * The interval of the answer. A second forest over the same features (spread.safetensors) gives the spread s, the standard deviation
 * of the full score given the known columns: log s = (base + Σ leaf) / divisor.
 */
export const IntervalFormula = v.strictObject({
  level: v.literal(intervalLevel),
  method: v.string(),
  base: finite,
  divisor: finite,
  /** Of a binary target: the shortest interval, instead of the one between the 5 % and 95 % quantiles. */
  probability: v.optional(ShortestFormula),
  outcome: v.optional(OutcomeFormula),
});
export type IntervalFormula = v.InferOutput<typeof IntervalFormula>;

/** The part of a manifest that determines answers. */
export interface Formula {
  features: readonly Feature[];
  answer: AnswerFormula;
  interval?: IntervalFormula;
  predictionSet?: PredictionSet;
  target: Target;
}
