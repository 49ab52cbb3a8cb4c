import type { Score } from '@hearth/artifact';
import { useLocale } from '../locale.ts';

/** A score and, below it, the range it lies in where that is known. */
export function ScoreText({ score }: { score: Score | undefined }) {
  const { format } = useLocale();
  if (!score) return null;
  const { mean, low, high } = score;
  return (
    <>
      {format.score(mean)}
      {low !== undefined && high !== undefined && (
        <span class="beneath">
          {format.score(low)}–{format.score(high)}
        </span>
      )}
    </>
  );
}
