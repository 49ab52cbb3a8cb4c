import type { Language, Texts } from '@hearth/artifact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Format, formatFor } from './format.ts';
import { textIn } from './language.ts';
import { en, type Messages } from './messages/en.ts';
import { ptBR } from './messages/pt-br.ts';

/** Everything that depends on the language: the page's texts, the model's texts, and the format of numbers. */
export interface Locale {
  language: Language;
  messages: Messages;
  format: Format;
  /** A text in this language, else in the other; empty if there is none. */
  text(texts: Texts | undefined): string;
  /** The label of a column or a group; without one, its name. */
  labelOf(named: { name: string; label?: Texts }): string;
}

/** What a row of the model is about, in the plural. */
export const casesOf = ({ cases }: { cases?: Texts }, { messages, text }: Locale): string =>
  text(cases) || messages.cases;

export const messages: Record<Language, Messages> = { en, 'pt-BR': ptBR };

export function localeFor(language: Language): Locale {
  const text = textIn(language);
  return {
    language,
    messages: messages[language],
    format: formatFor(language),
    text,
    labelOf: ({ name, label }) => text(label) || name,
  };
}

export const LocaleContext = createContext(localeFor('en'));

export const useLocale = () => useContext(LocaleContext);
