import type { ModelDescription } from '@hearth/artifact';
import { baseRateOf } from './chart/base-rate.ts';
import { ofHundred } from './format.ts';
import { casesOf, useLocale } from './locale.ts';

export const leadId = 'for-whom';

/** For whom the result is, and how often the outcome was found among them, before anything is asked. */
export function Lead({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { messages, format, text } = locale;
  const cases = casesOf(model, locale);
  const { population, outcome, data } = model;
  const rate = baseRateOf(data);
  const whom =
    text(population) || (data.rows > 0 ? messages.basedOnCases(format.number(data.rows), cases) : '');
  const share = rate === undefined ? undefined : String(ofHundred(rate));
  const isSaid = share !== undefined && new RegExp(`\\b${share}\\b`).test(whom);
  const found = share === undefined || isSaid ? '' : messages.foundIn(text(outcome), share, cases);
  const stop = found && /[^.!?]$/.test(whom) ? '.' : '';
  const lead = [whom + stop, found].filter(Boolean).join(' ');
  return lead === '' ? null : (
    <p class="for-whom" id={leadId}>
      {whom && <strong>{messages.basedOn}: </strong>}
      {lead}
    </p>
  );
}
