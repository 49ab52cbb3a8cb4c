import type { ModelDescription, TargetKind } from '@hearth/artifact';
import type { BatchAnswer } from './api.ts';
import { withUnit } from './format.ts';
import type { Locale } from './locale.ts';

/** The scale of a model's answers: chances from 0 to 1, or values in the target's unit. */
export interface Scale {
  kind: 'chance' | 'value';
  /** The unit of values; empty for chances. */
  unit: string;
  of(answer: BatchAnswer): number;
  /** Without the unit, for axes and ranges. */
  bare(value: number): string;
  /** With the unit, for sentences. */
  text(value: number): string;
}

/** The field of the answer. Every type of target must be in this table, or it does not compile. */
const fields: { [T in ModelDescription['target']['type']]: TargetKind['field'] } = {
  binary: 'probability',
  numeric: 'value',
  count: 'value',
  classes: 'probabilities',
};

/** The number of an answer. */
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
    text: (value) => withUnit(format.value(value), unit),
  };
}
