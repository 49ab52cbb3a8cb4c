import type { PublicEvaluation } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { mainScore, scoreOf, scoreWords } from '../scores/shown-scores.ts';
import { Span } from '../span.tsx';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

/** The main score within groups of rows, such as by sex and age. */
export function Subgroups({ evaluation }: { evaluation: PublicEvaluation }) {
  const { language, format, text } = useLocale();
  const words = aboutMessages[language];
  const { kind, subgroups = [] } = evaluation;
  const groups = subgroups.map((group) => ({ ...group, score: scoreOf(group.scores, mainScore[kind]) }));
  if (groups.length === 0) return null;
  const highest = Math.max(...groups.map(({ score }) => score?.high ?? score?.mean ?? 0));
  const domain: [number, number] = kind === 'value' ? [0, highest] : [kind === 'chance' ? 0.5 : 0, 1];
  const axis = domain.map(format.value).join(' – ');
  const counts = kind === 'chance' ? [words.rows, words.positives] : [words.rows];
  return (
    <section class="subgroups">
      <h3>{words.subgroups}</h3>
      <Table
        label={words.subgroups}
        head={[words.subgroup, ...counts, scoreWords[language][mainScore[kind]].name, axis]}
        rows={groups.map(({ column, label, rows, positives, score }) => ({
          key: `${column} ${text(label)}`,
          cells: [
            text(label),
            format.number(rows),
            ...(kind === 'chance' ? [positives !== undefined && format.number(positives)] : []),
            <ScoreText key="score" score={score} />,
            score && (
              <Span
                key="span"
                number={score.mean}
                interval={{ low: score.low ?? score.mean, high: score.high ?? score.mean }}
                domain={domain}
              />
            ),
          ],
        }))}
      />
      <p class="hint">{words.subgroupsHint}</p>
    </section>
  );
}
