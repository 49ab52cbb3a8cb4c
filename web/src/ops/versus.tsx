import { useLocale } from '../locale.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { scoreOf, scoreWords, shownScores } from '../scores/shown-scores.ts';
import { Table } from '../table.tsx';
import { opsMessages } from './messages.ts';
import type { Status } from './status.ts';

/** The version in production beside the newest that is not. */
export function Versus({ champion, versions }: Pick<Status, 'champion' | 'versions'>) {
  const { language, format } = useLocale();
  const words = opsMessages[language];
  const challenger = versions?.challenger;
  const readable = challenger && 'scores' in challenger ? challenger : undefined;
  const kind = champion?.kind ?? readable?.kind;
  if (!kind) return null;
  const head = (label: string, version?: { version: string; published?: string }) =>
    [label, version?.version, version?.published && format.date(version.published)]
      .filter(Boolean)
      .join(' · ');
  return (
    <section>
      <h3>{words.comparison}</h3>
      <Table
        label={words.comparison}
        head={[
          words.score,
          head(words.champion, champion),
          ...(readable ? [head(words.challenger, readable)] : []),
        ]}
        rows={shownScores[kind].map((name) => ({
          key: name,
          cells: [
            scoreWords[language][name].name,
            <ScoreText key="champion" score={champion && scoreOf(champion.scores, name)} />,
            ...(readable ? [<ScoreText key="challenger" score={scoreOf(readable.scores, name)} />] : []),
          ],
        }))}
      />
      {!challenger && <p class="hint">{words.noChallenger}</p>}
      {challenger && 'fault' in challenger && (
        <p class="hint">
          {head(words.challenger, challenger)}: <span lang="en">{challenger.fault}</span>
        </p>
      )}
    </section>
  );
}
