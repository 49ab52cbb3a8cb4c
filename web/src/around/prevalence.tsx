import type { ModelDescription } from '@hearth/artifact';
import { useState } from 'preact/hooks';
import { baseRateOf } from '../chart/base-rate.ts';
import { unreadable } from '../fields/entries.ts';
import { readNumberText, writeNumberText } from '../fields/number-text.ts';
import { ofHundred } from '../format.ts';
import { casesOf, useLocale } from '../locale.ts';
import { useSettings } from '../settings.ts';
import { aroundMessages } from './messages.ts';

/** Chooses how common the outcome is among the people who are asked; empty: as in the data. */
export function PrevalenceView({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { language, text } = locale;
  const words = aroundMessages[language];
  const { settings, change, prevalence } = useSettings();
  const [typed, setTyped] = useState('');
  const read = (entered: string) =>
    entered.trim() === '' ? undefined : (readNumberText(entered, language) ?? unreadable);
  const asked = settings.prevalence;
  const shown = read(typed) === asked ? typed : writeNumberText(asked ?? '', language);
  const outcome = text(model.outcome);
  const cases = casesOf(model, locale);
  const isFaulty = asked !== undefined && prevalence === undefined;
  function enter(entered: string): void {
    setTyped(entered);
    const { prevalence: _before, ...others } = settings;
    const number = read(entered);
    change(number === undefined ? others : { ...others, prevalence: number });
  }
  return (
    <section class="prevalence" aria-labelledby="prevalence-title">
      <h2 id="prevalence-title">{words.prevalence}</h2>
      <p class="hint">{words.inData(outcome, String(ofHundred(baseRateOf(model.data) ?? 0)), cases)}</p>
      <p class="prevalence-entry">
        <label for="prevalence">{words.asked(outcome, cases)}</label>
        <input
          id="prevalence"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          size={4}
          value={shown}
          aria-invalid={isFaulty}
          aria-describedby="prevalence-note prevalence-hint"
          onInput={({ currentTarget: { value } }) => enter(value)}
        />
        <button type="button" class="quiet" hidden={shown === ''} onClick={() => enter('')}>
          {words.asInData}
        </button>
      </p>
      <p class="field-note" id="prevalence-note" aria-live="polite">
        {isFaulty && words.fault}
      </p>
      <p class="hint" id="prevalence-hint">
        {words.notPopulation}
      </p>
    </section>
  );
}
