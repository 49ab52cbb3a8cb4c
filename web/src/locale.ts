import type { Language, Texts } from '@hearth/artifact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Format, formatFor } from './format.ts';
import { en, type Messages } from './messages/en.ts';
import { ptBR } from './messages/pt-br.ts';

/** Everything that depends on the language: the page's texts, the model's texts, and the format of numbers. */
export interface Locale {
  language: Language;
  messages: Messages;
  format: Format;
  text(texts: Texts | undefined): string;
}

export const messages: Record<Language, Messages> = { en, 'pt-BR': ptBR };

export const localeFor = (language: Language): Locale => ({
  language,
  messages: messages[language],
  format: formatFor(language),
  text: (texts) => texts?.[language] ?? '',
});

export const LocaleContext = createContext(localeFor('en'));

export const useLocale = () => useContext(LocaleContext);
