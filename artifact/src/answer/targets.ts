import * as v from 'valibot';
import { Texts } from '../columns/texts.ts';
import { type Interval, meanInterval, probabilityInterval, valueInterval } from './interval.ts';
import { type Link, logit } from './link.ts';

const name = v.string();
const unit = v.optional(Texts);

/** At most so many outputs. */
const mostOutputs = 1000;

/** What is predicted: docs/FORMAT.md says which outputs each type has. */
export const Target = v.variant('type', [
  v.strictObject({
    name,
    type: v.literal('binary'),
    labels: v.optional(v.strictObject({ 0: v.optional(Texts), 1: v.optional(Texts) })),
  }),
  v.strictObject({
    name,
    type: v.literal('numeric'),
    unit,
    quantiles: v.optional(
      v.pipe(
        v.array(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
        v.minLength(1),
        v.maxLength(mostOutputs),
        v.check((ps) => ps.every((p, i) => i === 0 || p > ps[i - 1]), 'the quantiles do not ascend'),
      ),
    ),
  }),
  v.strictObject({
    name,
    type: v.literal('count'),
    unit,
    /** The column that says for how much of something, such as time, events are counted; the answer is a multiple of it. */
    exposure: v.optional(v.string()),
  }),
  v.strictObject({
    name,
    type: v.literal('classes'),
    classes: v.pipe(
      v.array(v.strictObject({ value: v.pipe(v.string(), v.minLength(1)), label: v.optional(Texts) })),
      v.minLength(2),
      v.maxLength(mostOutputs),
      v.check((all) => new Set(all.map(({ value }) => value)).size === all.length, 'a class is listed twice'),
    ),
  }),
]);
export type Target = v.InferOutput<typeof Target>;

/** The scales on which base and contributions add up. */
export const scales = ['log-odds', 'chance', 'value', 'log'] as const;

/** Everything that depends on the type of a target. */
export interface TargetKind {
  /** The name of the answer in every format. */
  field: 'probability' | 'value' | 'probabilities';
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
   * The interval of an answer whose score has the standard deviation `s`; absent if models of this target have none.
   * @param score the answer before the link, if the link is not the identity
   */
  interval?: (answer: number, s: number, score?: number) => Interval;
}

const probabilityScale = (link: Link) => (link === 'logit' || link === 'softmax' ? 'log-odds' : 'chance');
const valueScale = (link: Link) => (link === 'log' ? 'log' : 'value');

/** By type of target; a missing type is a compile error. */
const targetKinds: { [T in Target['type']]: TargetKind } = {
  binary: {
    field: 'probability',
    meaning: 'the probability of',
    task: 'tabular-classification',
    minimum: 0,
    maximum: 1,
    links: ['identity', 'logit'],
    scale: probabilityScale,
    interval: (mean, s, score = logit(mean)) => probabilityInterval(mean, score, s),
  },
  numeric: {
    field: 'value',
    meaning: 'the expected',
    task: 'tabular-regression',
    minimum: Number.NEGATIVE_INFINITY,
    maximum: Number.POSITIVE_INFINITY,
    links: ['identity', 'log'],
    scale: valueScale,
    interval: valueInterval,
  },
  count: {
    field: 'value',
    meaning: 'the expected',
    task: 'tabular-regression',
    minimum: 0,
    maximum: Number.POSITIVE_INFINITY,
    links: ['identity', 'log'],
    scale: valueScale,
    interval: meanInterval,
  },
  classes: {
    field: 'probabilities',
    meaning: 'the probability of',
    task: 'tabular-classification',
    minimum: 0,
    maximum: 1,
    links: ['identity', 'softmax', 'logit', 'share'],
    scale: probabilityScale,
  },
};

/** Everything that depends on the type of this target. */
export const targetKind = ({ type }: Pick<Target, 'type'>): TargetKind => targetKinds[type];

/** The column of the exposure of a count. */
export const exposureOf = (target: Target): string | undefined =>
  target.type === 'count' ? target.exposure : undefined;

/** How many numbers an answer has. */
export function outputsOf(target: Target): number {
  if (target.type === 'classes') return target.classes.length;
  return target.type === 'numeric' && target.quantiles ? target.quantiles.length : 1;
}

/** Names of the outputs, where there are several. */
export interface OutputNames {
  field: 'probabilities' | 'quantiles';
  /** The values of the classes, or the quantiles; [outputs]. */
  names: readonly string[];
}

/** The names of the outputs; undefined for a target with one output. */
export function outputNames(target: Target): OutputNames | undefined {
  if (target.type === 'classes') {
    return { field: 'probabilities', names: target.classes.map(({ value }) => value) };
  }
  if (target.type !== 'numeric' || !target.quantiles || target.quantiles.length < 2) return undefined;
  return { field: 'quantiles', names: target.quantiles.map(String) };
}

/** The output that is explained, and of classes answered: the most probable class, the first of equal ones; the middle quantile. */
export function mainOutput({ field, names }: OutputNames, outputs: ArrayLike<number>, at = 0): number {
  if (field === 'quantiles') return names.length >> 1;
  let main = 0;
  for (let k = 1; k < names.length; k++) if (outputs[at + k] > outputs[at + main]) main = k;
  return main;
}
