import type { Column } from '@hearth/artifact';
import { isUnseen } from '../fields/entries.ts';
import { useLocale } from '../locale.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

/** Every column with its clinical term, what it means, and what the training rows had. */
export function Asked({ columns }: { columns: readonly Column[] }) {
  const { language, format, text } = useLocale();
  const words = aboutMessages[language];
  const seenIn = (column: Column) => {
    if (column.type === 'category') {
      const given = column.categories.filter(({ value }) => !isUnseen(column, value));
      return given.map(({ label }) => text(label)).join(', ');
    }
    const unit = text(column.unit);
    const { minimum, maximum } = column.seen;
    return `${format.number(minimum)} – ${format.number(maximum)}${unit && ` ${unit}`}`;
  };
  return (
    <section>
      <h3>{words.asked}</h3>
      <Table
        label={words.asked}
        narrow="below"
        head={[words.column, words.meaning, words.seen]}
        rows={columns.map((column) => ({
          key: column.name,
          cells: [
            text(column.label),
            <>
              {column.term && <strong>{text(column.term)}. </strong>}
              {text(column.description)}
            </>,
            seenIn(column),
          ],
        }))}
      />
    </section>
  );
}
