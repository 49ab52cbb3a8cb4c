import type { ShownPrediction } from '../api.ts';
import { useLocale } from '../locale.ts';
import { quantilesOf } from '../quantiles.ts';
import type { Scale } from '../scale.ts';

export interface QuantileListProps {
  answer: ShownPrediction | undefined;
  scale: Scale;
}

/** In how many of a hundred cases the value is at most each quantile. */
export function QuantileList({ answer, scale }: QuantileListProps) {
  const { messages, format } = useLocale();
  if (!answer?.quantiles) return null;
  return (
    <ul class="quantiles">
      {quantilesOf(answer.quantiles).map(({ share, value }) => (
        <li key={share}>{messages.quantile(format.number(100 * share), scale.text(value))}</li>
      ))}
    </ul>
  );
}
