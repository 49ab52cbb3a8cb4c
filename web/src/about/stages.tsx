import type { Column, PublicEvaluation } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { mainScore, scoreOf, scoreWords } from '../scores/shown-scores.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

export interface StagesProps {
  evaluation: PublicEvaluation;
  columns: readonly Column[];
}

/** The main score as columns are added. */
export function Stages({ evaluation, columns }: StagesProps) {
  const { language, labelOf } = useLocale();
  const words = aboutMessages[language];
  const { kind, stages = [] } = evaluation;
  if (stages.length === 0) return null;
  const labelIn = (name: string) => labelOf(columns.find((column) => column.name === name) ?? { name });
  /** The columns that a stage adds to the one before it. */
  const added = (index: number) => {
    const before = stages[index - 1]?.columns ?? [];
    const names = stages[index]?.columns ?? [];
    const isLarger = before.length > 0 && before.every((name) => names.includes(name));
    const shown = isLarger ? names.filter((name) => !before.includes(name)) : names;
    return `${isLarger ? '+ ' : ''}${shown.map(labelIn).join(', ')}`;
  };
  return (
    <section>
      <h3>{words.stages}</h3>
      <Table
        label={words.stages}
        head={[
          words.stage,
          `${words.thisModel}, ${scoreWords[language][mainScore[kind]].name}`,
          words.dedicated,
        ]}
        rows={stages.map(({ columns: names, model, dedicated }, index) => ({
          key: names.join(),
          cells: [
            added(index),
            <ScoreText key="model" score={scoreOf(model, mainScore[kind])} />,
            <ScoreText key="dedicated" score={scoreOf(dedicated, mainScore[kind])} />,
          ],
        }))}
      />
      <p class="hint">{words.stagesHint}</p>
    </section>
  );
}
