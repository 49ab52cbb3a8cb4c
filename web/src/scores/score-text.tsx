import type { Score } from '@hearth/artifact';
import { useLocale } from '../locale.ts';

/** A score and, below it, its interval where there is one. */
export function ScoreText({ score }: { score: Score | undefined }) {
  const { format } = useLocale();
  if (!score) return null;
  const { mean, low, high } = score;
  return (
    <>
      {format.score(mean)}
      {low !== undefined && high !== undefined && (
        <span class="beneath">
          {format.score(low)}
          {low < 0 ? ' … ' : '–'}
          {format.score(high)}
        </span>
      )}
    </>
  );
}
