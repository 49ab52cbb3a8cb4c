import type { Column, PublicEvaluation } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { aboutMessages } from './messages.ts';

export interface ImportanceProps {
  importance: NonNullable<PublicEvaluation['importance']>;
  columns: readonly Column[];
}

/** How far each column moves the answer on average, the largest first. */
export function Importance({ importance, columns }: ImportanceProps) {
  const { language, labelOf } = useLocale();
  const words = aboutMessages[language];
  const sorted = importance.toSorted((a, b) => b.value - a.value);
  const most = sorted[0]?.value || 1;
  return (
    <section>
      <h3>{words.importance}</h3>
      <ol class="bars importance">
        {sorted.map(({ column, value }) => (
          <li key={column} class="bar-row">
            <span class="bar-label">
              {labelOf(columns.find(({ name }) => name === column) ?? { name: column })}
            </span>
            <span class="track" aria-hidden="true">
              <span class="bar size" style={{ '--from': '0%', '--to': `${(value / most) * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
      <p class="hint">{words.importanceHint}</p>
    </section>
  );
}
