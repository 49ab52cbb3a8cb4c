import type { Language } from '@hearth/artifact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fetchModel } from './api.ts';
import { ErrorNotice } from './error-notice.tsx';
import { startFilled, usedColumns } from './fields/entries.ts';
import { languages, rememberLanguage, startLanguage } from './language.ts';
import { LazyView } from './lazy-view.tsx';
import type { Settings } from './link/fragment.ts';
import { useLink } from './link/use-link.ts';
import { LocaleContext, localeFor, messages, useLocale } from './locale.ts';
import { ModelPage } from './model-page.tsx';
import { ModelChooser } from './models/model-chooser.tsx';
import { prevalenceOf, SettingsContext } from './settings.ts';
import { useLatest } from './use-latest.ts';

export function App() {
  const [language, setLanguage] = useState(startLanguage);
  const locale = useMemo(() => localeFor(language), [language]);
  const { link, change } = useLink();
  const { reply, error, pending, retry } = useLatest(fetchModel, 'model');
  const model = useLastDefined(reply);
  const title = locale.text(model?.title) || 'Hearth';
  const { aboutModel, operations } = locale.messages;
  const view = { page: '', about: aboutModel, ops: operations }[link.view];
  const heading = useRef<HTMLHeadingElement>(null);
  const viewBefore = useRef(link.view);

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = [view, title].filter(Boolean).join(' – ');
  }, [language, title, view]);

  useEffect(() => {
    window.scrollTo(0, 0);
    // A view that is opened takes the focus itself; back on the page, it would be lost.
    if (viewBefore.current !== link.view && link.view === 'page')
      heading.current?.focus({ preventScroll: true });
    viewBefore.current = link.view;
  }, [link.view]);

  const settings = useMemo(
    () => ({
      settings: link.settings ?? {},
      change: (changed: Settings) =>
        change({ ...link, settings: changed }, model ? startFilled(usedColumns(model)) : []),
      prevalence: model && prevalenceOf(model, link.settings ?? {}),
    }),
    [link, change, model],
  );

  // No header before there is content: a longer title would move everything down when it appears.
  if (!model && !error) {
    return pending ? <p class="loading">{locale.messages.loading}</p> : null;
  }
  return (
    <LocaleContext.Provider value={locale}>
      <SettingsContext.Provider value={settings}>
        <header class="head">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <ModelChooser />
          <LanguageSwitch
            choose={(chosen) => {
              rememberLanguage(chosen);
              setLanguage(chosen);
            }}
          />
        </header>
        <main>
          {model && link.view === 'page' && (
            <ModelPage
              model={model}
              linked={link.entries}
              change={(entries) => change({ ...link, entries }, startFilled(usedColumns(model)))}
              reloadModel={retry}
            />
          )}
          {model && link.view !== 'page' && (
            <LazyView key={link.view} view={link.view} model={model} link={link} />
          )}
          {!model && error && <ErrorNotice error={error} retry={retry} />}
        </main>
      </SettingsContext.Provider>
    </LocaleContext.Provider>
  );
}

function LanguageSwitch({ choose }: { choose(language: Language): void }) {
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

/** The last defined value: the page keeps its model while a newer description cannot be loaded. */
function useLastDefined<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (value !== undefined) setLast(value);
  }, [value]);
  return value ?? last;
}
