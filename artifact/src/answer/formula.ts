import * as v from 'valibot';
import type { Feature } from '../columns/features.ts';
import { type Link, links } from './link.ts';
import type { Target } from './targets.ts';

/** The only level there is. */
export const intervalLevel = 0.9;

const finite = v.pipe(v.number(), v.finite());

/** answer = link((base + Σ leaf) / divisor) */
export const AnswerFormula = v.strictObject({
  base: finite,
  divisor: finite,
  link: v.picklist(Object.keys(links) as Link[]),
});
export type AnswerFormula = v.InferOutput<typeof AnswerFormula>;

/**
 * Where an interval comes with the answer: its level, and how a second forest over the same features (spread.safetensors) gives s, the
 * standard deviation of the score if every column were known: log s = (base + Σ leaf) / divisor.
 */
export const IntervalFormula = v.strictObject({
  level: v.literal(intervalLevel),
  method: v.string(),
  base: finite,
  divisor: finite,
});
export type IntervalFormula = v.InferOutput<typeof IntervalFormula>;

/** What of a manifest decides an answer. */
export interface Formula {
  features: readonly Feature[];
  answer: AnswerFormula;
  interval?: IntervalFormula;
  target: Target;
}
