import type { ModelDescription } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { classLabel } from '../scale.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

export interface ConfusionProps {
  confusion: readonly (readonly number[])[];
  target: ModelDescription['target'];
}

/** How the cases of each class are answered. */
export function Confusion(props: ConfusionProps) {
  const words = aboutMessages[useLocale().language];
  if (props.target.type !== 'classes') return null;
  return (
    <section>
      <h3>{words.classes}</h3>
      <ConfusionTable {...props} />
    </section>
  );
}

/** For each class: its cases, how many of them are answered rightly, and what it is most often mistaken for. */
export function ConfusionTable({ confusion, target }: ConfusionProps) {
  const locale = useLocale();
  const { language, format } = locale;
  const words = aboutMessages[language];
  if (target.type !== 'classes') return null;
  const names = target.classes.map(({ value }) => classLabel(target, value, locale));
  return (
    <Table
      label={words.classes}
      head={[words.class, words.rows, words.right, words.mistaken]}
      rows={confusion.map((counts, k) => {
        const rows = counts.reduce((sum, count) => sum + count, 0);
        const others = counts.map((count, j) => (j === k ? 0 : count));
        const most = Math.max(...others);
        return {
          key: String(k),
          cells: [
            names[k],
            format.number(rows),
            rows > 0 && format.percent((counts[k] ?? 0) / rows),
            most > 0 && `${names[others.indexOf(most)]} (${format.percent(most / rows)})`,
          ],
        };
      })}
    />
  );
}
