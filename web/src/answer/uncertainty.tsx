import type { ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Span } from '../span.tsx';
import { alike } from './alike.ts';

export interface DoubtProps {
  answer: ShownPrediction | undefined;
  scale: Scale;
  evaluation: ModelDescription['evaluation'];
  /** How many columns stand in the fields, and how many there are. */
  given: number;
  asked: number;
  /** How many rows the model has learned from. */
  rows: number;
}

/** Where the true number may lie, as a band on its scale and in a sentence; with everything known also how it went for others with such a number. */
export function Doubt({ answer, scale, evaluation, given, asked, rows }: DoubtProps) {
  const { messages, format } = useLocale();
  const interval = answer?.interval;
  // Until the new answer has come, what is said is about the old one.
  const isWhole = (answer?.given ?? given) === asked;
  if (asked === 1 && !interval)
    return answer?.given === 0 ? <p class="doubt">{messages.nothingGiven}</p> : null;
  const say = isWhole ? messages.allGiven : messages.interval;
  const sentence =
    interval &&
    say(
      scale.bare(interval.low),
      scale.text(interval.high),
      format.percent(interval.level),
      format.number(rows),
    );
  // What the calibration counts was answered with everything known: it is about no answer that rests on less.
  const others =
    isWhole && answer && evaluation.kind === 'chance' && alike(evaluation.reliability, scale.of(answer));
  return (
    <div class={isWhole ? 'doubt whole' : 'doubt'}>
      {scale.kind === 'chance' && (
        <Span number={answer && scale.of(answer)} interval={interval} domain={[0, 1]} />
      )}
      {answer?.given === 0 && <p>{messages.nothingGiven}</p>}
      <p class="doubt-sentence">{sentence}</p>
      {others && (
        <p class="alike">
          {messages.alike(
            format.number(others.rows),
            format.percent(others.low),
            format.percent(others.high),
            format.number(others.positives),
            format.number(others.rows - others.positives),
          )}
        </p>
      )}
    </div>
  );
}
