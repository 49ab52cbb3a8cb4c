import type { Column } from '@hearth/artifact';
import { kindOf } from '../fields/kinds.ts';
import { useLocale } from '../locale.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

/** Every column with its clinical term, its meaning, and its range in the training rows. */
export function FieldTable({ columns }: { columns: readonly Column[] }) {
  const locale = useLocale();
  const { language, labelOf, text } = locale;
  const words = aboutMessages[language];
  const isExplained = columns.some(({ term, description }) => text(term) || text(description));
  return (
    <section>
      <h3>{words.fields}</h3>
      <Table
        label={words.fields}
        narrow="below"
        head={[words.column, ...(isExplained ? [words.meaning] : []), words.seen]}
        rows={columns.map((column) => ({
          key: column.name,
          cells: [
            labelOf(column),
            ...(isExplained
              ? [
                  <>
                    {column.term && <strong>{text(column.term)}. </strong>}
                    {text(column.description)}
                  </>,
                ]
              : []),
            kindOf(column).seen(column, locale),
          ],
        }))}
      />
    </section>
  );
}
