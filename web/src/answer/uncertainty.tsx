import type { ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { type Locale, useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Span } from '../span.tsx';
import { trackRecord } from './track-record.ts';

export interface UncertaintyProps {
  answer: ShownPrediction | undefined;
  scale: Scale;
  evaluation: ModelDescription['evaluation'];
  /** How many columns are given, and how many the model uses. */
  given: number;
  total: number;
  /** How many rows the model was trained on. */
  rows: number;
  /** Whether rows count alike, so that a number of them says how often the outcome came. */
  counted: boolean;
  outcome: string;
}

/** The interval as a band and as a sentence; when every column is given, also the track record of similar predictions. */
export function Uncertainty({
  answer,
  scale,
  evaluation,
  given,
  total,
  rows,
  counted,
  outcome,
}: UncertaintyProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const interval = answer?.interval;
  // While a new answer is pending, the sentence describes the one that is shown.
  const isComplete = (answer?.given ?? given) === total;
  if (total === 1 && !interval)
    return answer?.given === 0 ? <p class="uncertainty">{messages.nothingGiven}</p> : null;
  const sentence = interval && sentenceOf(interval, scale, isComplete, rows, locale);
  // The calibration was measured on complete rows, so it does not apply to an answer with missing columns.
  const record =
    isComplete &&
    counted &&
    answer &&
    evaluation?.kind === 'chance' &&
    trackRecord(evaluation.reliability, scale.of(answer));
  return (
    <div class={isComplete && scale.kind === 'chance' ? 'uncertainty complete' : 'uncertainty'}>
      {scale.kind === 'chance' && (
        <Span number={answer && scale.of(answer)} interval={interval} domain={[0, 1]} />
      )}
      {answer?.given === 0 && <p>{messages.nothingGiven}</p>}
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

/** What the interval holds: the outcome, or the answer if every column were given. */
function sentenceOf(
  { low, high, level, of }: NonNullable<ShownPrediction['interval']>,
  scale: Scale,
  isComplete: boolean,
  rows: number,
  { messages, format }: Locale,
): string {
  const ends = [scale.bare(low), scale.text(high)] as const;
  if (of === 'outcome') return messages.outcomeInterval(...ends, format.number(100 * level));
  const words = isComplete ? messages.allGiven : messages.interval;
  return words(...ends, format.percent(level), format.number(rows));
}
