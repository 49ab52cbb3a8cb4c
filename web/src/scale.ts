import type { ModelDescription, TargetKind } from '@hearth/artifact';
import type { BatchAnswer } from './api.ts';
import type { Locale } from './locale.ts';

/** The scale of a model's answers: chances from 0 to 1, or values in the target's unit. */
export interface Scale {
  kind: 'chance' | 'value';
  /** The unit of values; empty for chances. */
  unit: string;
  of(answer: BatchAnswer): number;
  /** Without the unit, for axes and ranges. */
  bare(value: number): string;
  /** As it reads in a sentence. */
  text(value: number): string;
}

/** What an answer is called, by type of the target: one that is not in it does not compile. */
const fields: { [T in ModelDescription['target']['type']]: TargetKind['field'] } = {
  binary: 'probability',
  numeric: 'value',
  count: 'value',
  classes: 'probabilities',
};

/** The number that an answer is. */
export const answerOf = ({ type }: ModelDescription['target'], answer: BatchAnswer): number =>
  answer[fields[type]] ?? Number.NaN;

export function scaleOf(target: ModelDescription['target'], { format, text }: Locale): Scale {
  const of = (answer: BatchAnswer) => answerOf(target, answer);
  if (target.type === 'binary') {
    return { kind: 'chance', unit: '', of, bare: format.percent, text: format.percent };
  }
  const unit = 'unit' in target ? text(target.unit) : '';
  return {
    kind: 'value',
    unit,
    of,
    bare: format.value,
    text: (value) => `${format.value(value)}${unit && ` ${unit}`}`,
  };
}
