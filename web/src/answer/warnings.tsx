import type { Column, Prediction } from '@hearth/artifact';
import { isOpen, kindOf } from '../fields/kinds.ts';
import { type Locale, useLocale } from '../locale.ts';

export interface WarningsProps {
  warnings: NonNullable<Prediction['warnings']>;
  columns: readonly Column[];
}

export function Warnings({ warnings, columns }: WarningsProps) {
  const locale = useLocale();
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li key={warning.pointer}>{inWords(warning, columns, locale)}</li>
      ))}
    </ul>
  );
}

/** The warning in the reader's language, if it is about the range of a column or an unseen category; else as the API words it. */
function inWords(
  { pointer, detail }: WarningsProps['warnings'][number],
  columns: readonly Column[],
  locale: Locale,
): string {
  const { messages, labelOf } = locale;
  const column = columns.find(({ name }) => pointer === `/${name}`);
  if (!column) return detail;
  const kind = kindOf(column);
  const range = kind.range(column, locale);
  if (range) return messages.beyondSeen(labelOf(column), ...range);
  return isOpen(column) || kind.choices(column).some(({ unseen }) => unseen)
    ? messages.unseenCategory(labelOf(column))
    : detail;
}
