import type { Column, Prediction } from '@hearth/artifact';
import { isNumericColumn, kindOf } from '../fields/kinds.ts';
import { withUnit } from '../format.ts';
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

/** The warning in the reader's language, if it is about the range of a numeric column or an unseen category; else as the API words it. */
function inWords(
  { pointer, detail }: WarningsProps['warnings'][number],
  columns: readonly Column[],
  { messages, format, text }: Locale,
): string {
  const column = columns.find(({ name }) => pointer === `/${name}`);
  if (!column) return detail;
  if (!isNumericColumn(column)) {
    const { choices } = kindOf(column);
    return choices(column).some(({ unseen }) => unseen)
      ? messages.unseenCategory(text(column.label))
      : detail;
  }
  const { minimum, maximum } = column.seen;
  return messages.beyondSeen(
    text(column.label),
    format.number(minimum),
    withUnit(format.number(maximum), text(column.unit)),
  );
}
