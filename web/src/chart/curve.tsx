import type { ModelDescription, NumericColumn, Row } from '@hearth/artifact';
import { useCallback } from 'preact/hooks';
import { predictAll } from '../api.ts';
import { useLocale } from '../locale.ts';
import { useLatest } from '../use-latest.ts';
import { Plot } from './plot.tsx';
import { chanceAt, gridOf } from './points.ts';
import { useWidth } from './use-width.ts';

/** Milliseconds; the curve is a hundred predictions, and hurries less than the number. */
const gather = 150;

export interface CurveViewProps {
  model: ModelDescription;
  column: NumericColumn;
  /** The row that is being asked about; the curve varies one column of it. Undefined: there is no "you" on the curve. */
  row: Row | undefined;
  /** Where the service does not answer, the paper stays empty: an old curve is an old number. */
  isAnswered: boolean;
  enter(value: number): void;
}

/** The chance over one column with all others held, and the person on it. */
export function CurveView({ model, column, row, isAnswered, enter }: CurveViewProps) {
  const { messages, format, text } = useLocale();
  const { box, width } = useWidth();
  const { name } = column;
  const ask = useCallback(
    async ({ held }: { version: string; held: Row }) => {
      const grid = gridOf(column);
      const chances = await predictAll(grid.map((value) => ({ ...held, [name]: value })));
      return grid.map((value, index) => ({ value, chance: chances[index] ?? Number.NaN }));
    },
    [column, name],
  );
  const { [name]: value, ...held } = row ?? {};
  const curve = useLatest(ask, { version: model.version, held }, gather);
  const points = (isAnswered && curve.reply) || [];
  const chance = typeof value === 'number' ? chanceAt(points, value) : undefined;
  const here = chance === undefined ? undefined : { value: Number(value), chance };
  const first = points[0];
  const last = points.at(-1);
  const summary = [
    first &&
      last &&
      messages.curveSummary(
        format.number(first.value),
        format.percent(first.chance),
        format.number(last.value),
        format.percent(last.chance),
      ),
    here && messages.curveHere(format.number(here.value), format.percent(here.chance)),
  ];
  return (
    <figure class="curve" data-pending={curve.pending}>
      <figcaption>{messages.curveTitle(text(model.outcome), text(column.label))}</figcaption>
      <div class="plot" ref={box} role="img" aria-label={summary.filter(Boolean).join(' ')}>
        {width > 0 && (
          <Plot
            width={width}
            column={column}
            points={points}
            here={here}
            baseRate={model.data.positives && model.data.positives / model.data.rows}
            enter={enter}
          />
        )}
      </div>
    </figure>
  );
}
