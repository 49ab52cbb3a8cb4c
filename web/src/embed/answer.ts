import type { ModelDescription } from '@hearth/artifact';
import { type Headline, headlineOf } from '../answer/headline.ts';
import type { ShownPrediction } from '../api.ts';
import { withRange } from '../quantiles.ts';
import { eventOf, scaleOf } from '../scale.ts';
import type { Locale } from './locale.ts';

/** An answer in words: what is largest, what it is, and the sentences below it. */
export interface AnswerText {
  headline: Headline;
  largest: string;
  what: string;
  sentences: string[];
}

/** By the same rule as on the page: the range while little is known, and no number that nobody in the data is like. */
export function answerText(model: ModelDescription, reply: ShownPrediction, locale: Locale): AnswerText {
  const { words, format } = locale;
  const answer = withRange(reply);
  const { interval, given } = answer;
  const scale = scaleOf(model.target, locale);
  const number = scale.text(scale.of(answer));
  const headline = headlineOf(answer, scale);
  const isRange = headline === 'range' && interval;
  const sentences: string[] = [];
  if (headline === 'guess') sentences.push(words.guess);
  else if (interval) {
    const { low, high, level, of } = interval;
    const ends = [scale.bare(low), scale.text(high)] as const;
    if (isRange) sentences.push(`${number} ${words.estimated(given.length === 0)}.`);
    sentences.push(
      of === 'outcome'
        ? words.outcomeInterval(...ends, format.number(100 * level))
        : words.interval(...ends, words.often(format.number(10 * level))),
    );
  }
  const outcome = eventOf(model, answer.class, locale);
  return {
    headline,
    largest: isRange ? words.range(scale.bare(interval.low), scale.text(interval.high)) : number,
    what: scale.kind === 'chance' ? words.chanceOf(outcome) : outcome,
    sentences,
  };
}
