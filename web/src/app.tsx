import { useEffect, useMemo, useState } from 'preact/hooks';
import { fetchModel } from './api.ts';
import { rememberLanguage, startLanguage } from './language.ts';
import { LanguageSwitch } from './language-switch.tsx';
import { LocaleContext, localeFor } from './locale.ts';
import { ModelPage } from './model-page.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useLatest } from './use-latest.ts';

export function App() {
  const [language, setLanguage] = useState(startLanguage);
  const locale = useMemo(() => localeFor(language), [language]);
  const { reply, trouble, pending, retry } = useLatest(fetchModel, 'model');
  const model = useLastGiven(reply);
  const title = locale.text(model?.title) || 'Hearth';

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

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
        {model && <ModelPage model={model} reloadModel={retry} />}
        {!model && trouble && <TroubleNotice trouble={trouble} retry={retry} />}
        {!model && !trouble && pending && <p class="loading">{locale.messages.loading}</p>}
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
