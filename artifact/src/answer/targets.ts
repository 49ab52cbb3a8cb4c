import * as v from 'valibot';
import { Texts } from '../columns/texts.ts';
import { type Interval, probabilityInterval, valueInterval } from './interval.ts';
import { type Link, logit } from './link.ts';

/** Binary: the answer is the probability of 1. Numeric: the answer is the mean, in the target's unit. */
export const Target = v.variant('type', [
  v.strictObject({ name: v.string(), type: v.literal('binary') }),
  v.strictObject({ name: v.string(), type: v.literal('numeric'), unit: v.optional(Texts) }),
]);
export type Target = v.InferOutput<typeof Target>;

/** The scales on which base and contributions add up. */
export const scales = ['log-odds', 'chance', 'value'] as const;

/** Everything that depends on the type of a target. */
export interface TargetKind {
  /** The name of the answer in every format. */
  field: 'probability' | 'value';
  /** How the model card introduces the outcome. */
  meaning: 'the probability of' | 'the expected';
  /** The task on the Hugging Face hub. */
  task: 'tabular-classification' | 'tabular-regression';
  /** The range of all answers. */
  minimum: number;
  maximum: number;
  links: readonly Link[];
  /** The scale on which contributions add up. */
  scale(link: Link): (typeof scales)[number];
  /**
   * The interval of an answer whose score has the standard deviation `s`.
   * @param score the answer before the link, if the link is not the identity
   */
  interval(answer: number, s: number, score?: number): Interval;
}

/** By type of target; a missing type is a compile error. */
const targetKinds: { [T in Target['type']]: TargetKind } = {
  binary: {
    field: 'probability',
    meaning: 'the probability of',
    task: 'tabular-classification',
    minimum: 0,
    maximum: 1,
    links: ['identity', 'logit'],
    scale: (link) => (link === 'logit' ? 'log-odds' : 'chance'),
    interval: (mean, s, score = logit(mean)) => probabilityInterval(mean, score, s),
  },
  numeric: {
    field: 'value',
    meaning: 'the expected',
    task: 'tabular-regression',
    minimum: Number.NEGATIVE_INFINITY,
    maximum: Number.POSITIVE_INFINITY,
    links: ['identity'],
    scale: () => 'value',
    interval: valueInterval,
  },
};

/** Everything that depends on the type of this target. */
export const targetKind = ({ type }: Pick<Target, 'type'>): TargetKind => targetKinds[type];
