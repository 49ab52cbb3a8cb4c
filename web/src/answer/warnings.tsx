import type { Column, Prediction } from '@hearth/artifact';
import { isOpen, kindOf } from '../fields/kinds.ts';
import type { Locale } from '../locale.ts';

export function Warnings({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <ul class="warnings">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** The warning in the reader's language, if it is about the range of a column or an unseen category; else as the API words it. */
export function warningText(
  { pointer, detail }: NonNullable<Prediction['warnings']>[number],
  columns: readonly Column[],
  locale: Locale,
): string {
  const { messages, labelOf } = locale;
  const named = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'); // RFC 6901
  const column = columns.find(({ name }) => name === named);
  if (!column) return detail;
  const kind = kindOf(column);
  const range = kind.range(column, locale);
  if (range) return messages.beyondSeen(labelOf(column), ...range);
  return isOpen(column) || kind.choices(column).some(({ unseen }) => unseen)
    ? messages.unseenCategory(labelOf(column))
    : detail;
}
