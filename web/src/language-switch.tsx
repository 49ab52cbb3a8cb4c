import type { Language } from '@hearth/artifact';
import { languages } from './language.ts';
import { useLocale } from './locale.ts';
import { messages } from './messages/index.ts';

export function LanguageSwitch({ choose }: { choose(language: Language): void }) {
  const locale = useLocale();
  return (
    <fieldset class="languages">
      <legend class="unseen">{locale.messages.chooseLanguage}</legend>
      {languages.map((language) => (
        <button
          type="button"
          key={language}
          lang={language}
          aria-pressed={language === locale.language}
          onClick={() => choose(language)}
        >
          {messages[language].languageName}
        </button>
      ))}
    </fieldset>
  );
}
