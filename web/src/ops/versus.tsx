import type { ScoredVersion, Status } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { scoreOf, scoreWords, shownScores } from '../scores/shown-scores.ts';
import { Table } from '../table.tsx';
import { opsMessages } from './messages.ts';

/** The version in production and the newest other version, side by side. */
export function Versus({ status, champion, versions }: Pick<Status, 'status' | 'champion' | 'versions'>) {
  const { language, messages, format } = useLocale();
  const words = opsMessages[language];
  const challenger = versions?.challenger;
  const readable = challenger && !('fault' in challenger) ? challenger : undefined;
  const kind = champion?.kind ?? readable?.kind;
  if (!champion && !readable) return null;
  const identity = (of: ScoredVersion | undefined) =>
    of && (
      <>
        <span class="version">{of.version}</span>
        {of.published && <span class="beneath">{messages.published(format.date(of.published))}</span>}
        {!of.kind && <span class="beneath">{words.notEvaluated}</span>}
      </>
    );
  const named = [champion, ...(readable ? [readable] : [])];
  return (
    <section>
      <h3>{words.comparison}</h3>
      <Table
        label={words.comparison}
        head={[
          words.score,
          status === 'degraded' ? words.serving : words.champion,
          ...(readable ? [words.challenger] : []),
        ]}
        rows={[
          { key: 'version', cells: [words.version, ...named.map(identity)] },
          ...(kind ? shownScores[kind] : []).map((name) => ({
            key: name,
            cells: [
              scoreWords[language][name].name,
              ...named.map((of) => <ScoreText key={of?.version} score={of && scoreOf(of.scores, name)} />),
            ],
          })),
        ]}
      />
      {!challenger && <p class="hint">{words.noChallenger}</p>}
      {challenger && 'fault' in challenger && (
        <p class="hint">
          {words.challenger}, {challenger.version}: <span lang="en">{challenger.fault}</span>
        </p>
      )}
    </section>
  );
}
