import type { ModelDescription } from '@hearth/artifact';
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

export function scaleOf(target: ModelDescription['target'], { format, text }: Locale): Scale {
  const of = (answer: BatchAnswer) => ('probability' in answer ? answer.probability : answer.value);
  if (target.type === 'binary') {
    return { kind: 'chance', unit: '', of, bare: format.percent, text: format.percent };
  }
  const unit = text(target.unit);
  return {
    kind: 'value',
    unit,
    of,
    bare: format.value,
    text: (value) => `${format.value(value)}${unit && ` ${unit}`}`,
  };
}
