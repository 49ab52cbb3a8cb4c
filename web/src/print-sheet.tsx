import type { Column, ModelDescription } from '@hearth/artifact';
import type { Entries } from './fields/entries.ts';
import { givenText } from './fields/kinds.ts';
import { useLocale } from './locale.ts';

export interface PrintSheetProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
}

/** What stands on paper in place of the fields: what was given, by which model, and on which day. */
export function PrintSheet({ model, columns, entries }: PrintSheetProps) {
  const locale = useLocale();
  const { messages, format, text } = locale;
  const given = columns.flatMap((column) => {
    const value = givenText(column, entries[column.name] ?? '', locale);
    return value === undefined ? [] : [{ column, value }];
  });
  return (
    <section class="print-sheet">
      <h2>{messages.whatWasGiven}</h2>
      <dl>
        {given.map(({ column, value }) => (
          <div key={column.name}>
            <dt>
              {text(column.label)}
              {column.term && <small> {text(column.term)}</small>}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {messages.model} {model.name} {model.version}
        {model.published && `, ${messages.published(format.date(model.published))}`} ·{' '}
        {messages.printed(format.date(new Date().toISOString()))}
      </p>
    </section>
  );
}
