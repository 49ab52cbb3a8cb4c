import type { Language, ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import type { Locale } from '../locale.ts';

const en = {
  reached: (threshold: string, action: string) => `At or above ${threshold}: ${action}.`,
  below: (threshold: string, action: string) => `Below ${threshold}, from which on: ${action}.`,
  threshold: 'the threshold declared for this model is reached',
  thresholdBelow: 'the threshold declared for this model would be reached',
  across: 'The range lies on both sides of it: what is still blank could change that.',
};

const ptBR: typeof en = {
  reached: (threshold, action) => `Em ${threshold} ou acima: ${action}.`,
  below: (threshold, action) => `Abaixo de ${threshold}, a partir de onde: ${action}.`,
  threshold: 'o limiar definido para este modelo foi atingido',
  thresholdBelow: 'o limiar definido para este modelo seria atingido',
  across: 'A faixa fica dos dois lados: o que ainda está em branco pode mudar isso.',
};

const words: Record<Language, typeof en> = { en, 'pt-BR': ptBR };

/** What the answer decides, by the threshold that the data package declares; empty without one. */
export function decidedText(
  { data: { decision } }: ModelDescription,
  { probability, interval }: ShownPrediction,
  { language, format, text }: Locale,
): string {
  if (!decision || probability === undefined) return '';
  const { threshold } = decision;
  const say = words[language];
  const action = text(decision.label);
  const isReached = probability >= threshold;
  const sentence = isReached
    ? say.reached(format.percent(threshold), action || say.threshold)
    : say.below(format.percent(threshold), action || say.thresholdBelow);
  const isAcross = interval && interval.low < threshold && interval.high >= threshold;
  return isAcross ? `${sentence} ${say.across}` : sentence;
}
