import type { BatchAnswer, ShownPrediction } from '../api.ts';
import type { Scale } from '../scale.ts';

/**
 * What is largest in an answer: the number; the range, while so little is known that the number alone would mislead; the chance of a
 * class that is the most probable one and still probably wrong; or a guess, where no training row was like this one.
 */
export type Headline = 'number' | 'range' | 'undecided' | 'guess';

/** A chance whose interval is wider than this says little. */
const widest = 0.5;

export function headlineOf(answer: ShownPrediction, scale: Pick<Scale, 'kind' | 'of'>): Headline {
  if (answer.warnings?.length) return 'guess';
  if (answer.class !== undefined) return scale.of(answer) < 0.5 ? 'undecided' : 'number';
  if (!answer.interval) return 'number';
  const saysLittle = scale.kind === 'chance' ? isWide(answer.interval) : answer.given.length === 0;
  return saysLittle ? 'range' : 'number';
}

const isWide = ({ low, high }: NonNullable<BatchAnswer['interval']>) => high - low > widest;
