import type { Column, ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { type Locale, useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Span } from '../span.tsx';
import type { Headline } from './headline.ts';
import { trackRecord } from './track-record.ts';

export interface UncertaintyProps {
  answer: ShownPrediction | undefined;
  headline: Headline | undefined;
  /** What the interval says, in words. */
  sentence: string | undefined;
  scale: Scale;
  evaluation: ModelDescription['evaluation'];
  /** Whether every column that the model uses is given. */
  isComplete: boolean;
  /** Whether the model uses a single column. */
  isOnlyField: boolean;
  /** Whether rows count alike, so that a number of them says how often the outcome came. */
  counted: boolean;
  outcome: string;
}

/** The interval as a band and as a sentence; when every column is given, also the track record of similar predictions. */
export function Uncertainty({
  answer,
  headline,
  sentence,
  scale,
  evaluation,
  isComplete,
  isOnlyField,
  counted,
  outcome,
}: UncertaintyProps) {
  const { messages, format } = useLocale();
  const isEmpty = answer?.given.length === 0;
  if (isOnlyField && !answer?.interval)
    return isEmpty ? <p class="uncertainty">{messages.nothingGiven}</p> : null;
  // The calibration was measured on complete rows like those of the data, so it applies to no other answer.
  const record =
    isComplete &&
    counted &&
    answer &&
    headline !== 'guess' &&
    evaluation?.kind === 'chance' &&
    trackRecord(evaluation.reliability, scale.of(answer));
  return (
    <div class={isComplete && scale.kind === 'chance' ? 'uncertainty complete' : 'uncertainty'}>
      {scale.kind === 'chance' && (
        <Span
          number={answer && scale.of(answer)}
          interval={answer?.interval}
          domain={[0, 1]}
          isGuess={headline === 'guess'}
        />
      )}
      {isEmpty && <p>{messages.nothingGiven}</p>}
      <p class="interval-sentence">{sentence}</p>
      {record && (
        <p class="track-record">
          {messages.trackRecord(
            format.number(record.rows),
            format.percent(record.low),
            format.percent(record.high),
            format.number(record.positives),
            outcome,
          )}
        </p>
      )}
    </div>
  );
}

export interface RangeSentence {
  answer: ShownPrediction;
  headline: Headline | undefined;
  scale: Scale;
  columns: readonly Column[];
  /** From how many of which cases the model has learned; empty if nobody knows. */
  learned: string;
}

/** What the interval holds: the outcome, or the answer if every column were given; undefined without an interval. */
export function rangeSentence(
  { answer: { interval, given }, headline, scale, columns, learned }: RangeSentence,
  { messages, format, labelOf }: Locale,
): string | undefined {
  if (!interval) return undefined;
  if (headline === 'guess') return messages.noRange;
  const { low, high, level, of } = interval;
  const ends = [scale.bare(low), scale.text(high)] as const;
  if (of === 'outcome') return messages.outcomeInterval(...ends, format.number(100 * level));
  const often = messages.often(format.number(10 * level));
  if (given.length === columns.length) return messages.allGiven(...ends, often, learned);
  if (headline !== 'range' || given.length === 0) return messages.interval(...ends, often);
  const labels = columns.filter(({ name }) => given.includes(name)).map(labelOf);
  return messages.littleKnown(labels, ...ends, often);
}
