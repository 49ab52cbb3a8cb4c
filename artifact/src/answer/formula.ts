import * as v from 'valibot';
import type { Feature } from '../columns/features.ts';
import { type Link, links } from './link.ts';
import type { Target } from './targets.ts';

/** The only supported level. */
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
 * The interval of the answer. A second forest over the same features (spread.safetensors) gives the spread s, the standard deviation
 * of the full score given the known columns: log s = (base + Σ leaf) / divisor.
 */
export const IntervalFormula = v.strictObject({
  level: v.literal(intervalLevel),
  method: v.string(),
  base: finite,
  divisor: finite,
});
export type IntervalFormula = v.InferOutput<typeof IntervalFormula>;

/** The part of a manifest that determines answers. */
export interface Formula {
  features: readonly Feature[];
  answer: AnswerFormula;
  interval?: IntervalFormula;
  target: Target;
}
