import type { Language, Texts } from '@hearth/artifact';

export const languages: readonly Language[] = ['en', 'pt-BR'];

/** The first of the wanted languages that the page has, ignoring the region; English if there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const primary = (tag: string) => tag.split('-')[0]?.toLowerCase();
  for (const tag of wanted) {
    const found = languages.find((language) => primary(language) === primary(tag));
    if (found) return found;
  }
  return 'en';
}

/** Reads texts in a language, else in the other; empty if there is none. */
export function textIn(language: Language): (texts: Texts | undefined) => string {
  const other = language === 'en' ? 'pt-BR' : 'en';
  return (texts) => texts?.[language] || texts?.[other] || '';
}

const storageKey = 'language';

/** The language chosen on an earlier visit, else the browser's. */
export function startLanguage(): Language {
  return preferredLanguage([remembered(), ...navigator.languages].filter((tag) => tag !== null));
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    // A browser set to store nothing throws; the choice then lasts until the page is closed.
    return null;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // As above: the choice is not remembered.
  }
}
