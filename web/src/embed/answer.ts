import type { ModelDescription } from '@hearth/artifact';
import { type Headline, headlineOf } from '../answer/headline.ts';
import type { BatchAnswer, ShownPrediction } from '../api.ts';
import { withUnit } from '../format.ts';
import type { Locale } from './locale.ts';

/** An answer in words: what is largest, what it is, and the sentences below it. */
export interface AnswerText {
  headline: Headline;
  largest: string;
  what: string;
  sentences: string[];
}

/** By the same rule as on the page: the range while little is known, and no number that nobody in the data is like. */
export function answerText(model: ModelDescription, answer: ShownPrediction, locale: Locale): AnswerText {
  const { words, format, text } = locale;
  const { target } = model;
  const { interval } = answer;
  const isChance = target.type === 'binary' || target.type === 'classes';
  const unit = 'unit' in target ? text(target.unit) : '';
  const numberOf = (each: BatchAnswer) =>
    each.probability ?? each.value ?? each.probabilities?.[each.class ?? ''] ?? Number.NaN;
  const of = numberOf(answer);
  const bare = (value: number) => (isChance ? format.percent(value) : format.value(value));
  const whole = (value: number) => withUnit(bare(value), unit);
  const headline = headlineOf(answer, { kind: isChance ? 'chance' : 'value', of: numberOf });
  const sentences: string[] = [];
  if (headline === 'guess') sentences.push(words.guess);
  else if (interval) {
    const ends = [bare(interval.low), whole(interval.high), format.percent(interval.level)] as const;
    if (headline === 'range') sentences.push(words.onAverage(whole(of)));
    sentences.push((interval.of === 'outcome' ? words.outcome : words.range)(...ends));
  }
  const classes = target.type === 'classes' ? target.classes : [];
  const most = classes.find(({ value }) => value === answer.class);
  const outcome = most ? text(most.label) || most.value : text(model.outcome);
  return {
    headline,
    largest: headline === 'range' && interval ? `${bare(interval.low)} – ${whole(interval.high)}` : whole(of),
    what: isChance ? words.chanceOf(outcome) : outcome,
    sentences,
  };
}
