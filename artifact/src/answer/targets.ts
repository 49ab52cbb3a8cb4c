import * as v from 'valibot';
import { Texts } from '../columns/texts.ts';
import { chanceInterval, type Interval, valueInterval } from './interval.ts';
import { type Link, logit } from './link.ts';

/** Binary: the answer is the chance of 1; numeric: it is the mean, in the target's unit. */
export const Target = v.variant('type', [
  v.strictObject({ name: v.string(), type: v.literal('binary') }),
  v.strictObject({ name: v.string(), type: v.literal('numeric'), unit: v.optional(Texts) }),
]);
export type Target = v.InferOutput<typeof Target>;

/** On which base and contributions add up. */
export const scales = ['log-odds', 'chance', 'value'] as const;

/** What differs by the type of a target. */
export interface TargetKind {
  /** What the answer is called in every format. */
  field: 'probability' | 'value';
  /** Every answer lies within, whatever the row. */
  minimum: number;
  maximum: number;
  links: readonly Link[];
  /** The scale on which contributions add up. */
  scale(link: Link): (typeof scales)[number];
  /**
   * The interval around an answer whose score has the standard deviation `s`.
   * @param score the answer before its link, where it has one
   */
  interval(answer: number, s: number, score?: number): Interval;
}

/** By type: one that is not in it does not compile. */
const targetKinds: { [T in Target['type']]: TargetKind } = {
  binary: {
    field: 'probability',
    minimum: 0,
    maximum: 1,
    links: ['identity', 'logit'],
    scale: (link) => (link === 'logit' ? 'log-odds' : 'chance'),
    interval: (chance, s, score = logit(chance)) => chanceInterval(chance, score, s),
  },
  numeric: {
    field: 'value',
    minimum: Number.NEGATIVE_INFINITY,
    maximum: Number.POSITIVE_INFINITY,
    links: ['identity'],
    scale: () => 'value',
    interval: valueInterval,
  },
};

/** What differs by the type of this target. */
export const targetKind = ({ type }: Pick<Target, 'type'>): TargetKind => targetKinds[type];
