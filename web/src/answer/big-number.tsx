import type { ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { type Locale, useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import type { Headline } from './headline.ts';

export interface BigNumberProps {
  answer: ShownPrediction;
  headline: Headline | undefined;
  scale: Scale;
  /** What the largest text is. */
  caption: string;
}

/** What is larger than anything else on the page; the caption continues the sentence. */
export function BigNumber({ answer, headline, scale, caption }: BigNumberProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const number = scale.of(answer);
  if (headline === 'range') {
    return (
      <p class="big-number">
        <strong class="range">{headlineText(answer, scale, headline, locale)}</strong>{' '}
        <span class="of">{caption}</span>{' '}
        <span class="beside">
          <strong class="number">{scale.bare(number)}</strong> {messages.estimated(answer.given.length === 0)}
        </span>
      </p>
    );
  }
  const { bound, digits, sign } =
    scale.kind === 'chance'
      ? format.percentParts(number)
      : { bound: '', digits: scale.bare(number), sign: '' };
  return (
    <p class="big-number">
      <strong class="number" style={{ '--digits': Math.max(3, (bound + digits).length) }}>
        {bound && <span class="bound">{bound}</span>}
        {digits}
        {sign && <span class="sign">{sign}</span>}
      </strong>{' '}
      <span class="of">{caption}</span>
      {headline === 'guess' && <span class="beside"> {messages.guess}</span>}
    </p>
  );
}

/** The largest text of the answer, as one line. */
export function headlineText(
  answer: ShownPrediction,
  scale: Scale,
  headline: Headline | undefined,
  { messages }: Locale,
): string {
  const { interval } = answer;
  return headline === 'range' && interval
    ? messages.range(scale.bare(interval.low), scale.bare(interval.high))
    : scale.bare(scale.of(answer));
}

/** What the largest text is. @param outcome the event, the quantity, or the most probable class */
export function captionOf(
  target: ModelDescription['target'],
  { kind, unit }: Scale,
  outcome: string,
  { messages, format }: Locale,
): string {
  if (target.type === 'classes') return messages.mostProbable(outcome, format.number(target.classes.length));
  return kind === 'chance' ? messages.chanceOf(outcome) : messages.valueOf(unit, outcome);
}
