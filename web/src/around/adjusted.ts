import type { Language } from '@hearth/artifact';
import type { Locale } from '../locale.ts';

/** What the answer says while another prevalence than that of the data is chosen; the first view has it, if the link does. */
const words: Record<Language, (outcome: string, share: string, cases: string) => string> = {
  en: (outcome, share, cases) => `Where ${share} of 100 ${cases} asked about have ${outcome}.`,
  'pt-BR': (outcome, share, cases) => `Onde ${share} de cada 100 ${cases} avaliados têm ${outcome}.`,
};

/** @param prevalence undefined: as in the data, of which nothing need be said */
export function adjustedText(
  prevalence: number | undefined,
  outcome: string,
  cases: string,
  { language, format }: Locale,
): string {
  if (prevalence === undefined) return '';
  return words[language](outcome, format.number(Number((100 * prevalence).toPrecision(6))), cases);
}
