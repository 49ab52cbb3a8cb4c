import { useEffect, useMemo, useState } from 'preact/hooks';
import { fetchModel } from './api.ts';
import { startFilled, usedColumns } from './fields/entries.ts';
import { rememberLanguage, startLanguage } from './language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { LazyView } from './lazy-view.tsx';
import { useLink } from './link/use-link.ts';
import { LocaleContext, localeFor } from './locale.ts';
import { ModelPage } from './model-page.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useLatest } from './use-latest.ts';

export function App() {
  const [language, setLanguage] = useState(startLanguage);
  const locale = useMemo(() => localeFor(language), [language]);
  const { link, change } = useLink();
  const { reply, trouble, pending, retry } = useLatest(fetchModel, 'model');
  const model = useLastGiven(reply);
  const title = locale.text(model?.title) || 'Hearth';

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  useEffect(() => window.scrollTo(0, 0), [link.view]);

  // Until there is something to say there is no header either: a longer title would push everything down when it comes.
  if (!model && !trouble) {
    return pending ? <p class="loading">{locale.messages.loading}</p> : null;
  }
  return (
    <LocaleContext.Provider value={locale}>
      <header class="head">
        <h1>{title}</h1>
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
            change={(entries) => change({ view: 'page', entries }, startFilled(usedColumns(model)))}
            reloadModel={retry}
          />
        )}
        {model && link.view !== 'page' && (
          <LazyView key={link.view} view={link.view} model={model} entries={link.entries} />
        )}
        {!model && trouble && <TroubleNotice trouble={trouble} retry={retry} />}
      </main>
    </LocaleContext.Provider>
  );
}

/** A description that was loaded once goes on serving while a newer one cannot be: the fields keep what was typed. */
function useLastGiven<Value>(value: Value | undefined): Value | undefined {
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (value !== undefined) setLast(value);
  }, [value]);
  return value ?? last;
}
