import type { Language, Texts } from '@hearth/artifact';
import { type Format, formatFor } from '../format.ts';
import { preferredLanguage, textIn } from '../language.ts';
import { type EmbedMessages, embedMessages } from './messages.ts';

/** Everything of an embedded predictor that depends on the language. */
export interface Locale {
  language: Language;
  words: EmbedMessages;
  format: Format;
  /** A text in this language, else in the other; empty if there is none. */
  text(texts: Texts | undefined): string;
}

/** The language of the element, or else of the part of the page that it is in, or of the browser. */
export function localeOf(element: HTMLElement): Locale {
  const around = element.closest('[lang]')?.getAttribute('lang');
  const language = preferredLanguage([...(around ? [around] : []), ...navigator.languages]);
  return localeIn(language);
}

export const localeIn = (language: Language): Locale => ({
  language,
  words: embedMessages[language],
  format: formatFor(language),
  text: textIn(language),
});
