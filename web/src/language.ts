import type { Language } from '@hearth/artifact';

export const languages: readonly Language[] = ['en', 'pt-BR'];

/** The first of a person's languages that the page speaks, whatever the region; English if none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const primary = (tag: string) => tag.split('-')[0]?.toLowerCase();
  for (const tag of wanted) {
    const spoken = languages.find((language) => primary(language) === primary(tag));
    if (spoken) return spoken;
  }
  return 'en';
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
    // A browser that is told to store nothing throws; then the choice lasts as long as the page.
    return null;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // As above: not remembered, as the person asked of their browser.
  }
}
