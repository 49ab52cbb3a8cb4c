import type { Answer } from '../api.ts';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import { Span } from '../span.tsx';

export interface DoubtProps {
  answer: Answer | undefined;
  scale: Scale;
  given: number;
  asked: number;
}

/** How far the number can still move, as a band on its scale and in a sentence. */
export function Doubt({ answer, scale, given, asked }: DoubtProps) {
  const { messages, format } = useLocale();
  const interval = answer?.interval;
  const isWhole = given === asked;
  if (asked === 1 && !interval)
    return given === 0 && answer ? <p class="doubt">{messages.nothingGiven}</p> : null;
  const sentence =
    interval && !isWhole
      ? messages.interval(scale.bare(interval.low), scale.text(interval.high), format.percent(interval.level))
      : isWhole && answer && asked > 1
        ? messages.allGiven
        : '';
  return (
    <div class="doubt">
      {scale.kind === 'chance' && (
        <Span number={answer && scale.of(answer)} interval={interval} domain={[0, 1]} />
      )}
      {given === 0 && answer && <p>{messages.nothingGiven}</p>}
      <p class="doubt-sentence">{sentence}</p>
    </div>
  );
}
