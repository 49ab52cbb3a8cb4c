import { useLocale } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { Span } from '../span.tsx';
import type { Level } from './levels.ts';
import type { PlotViewProps } from './plot-view.ts';
import { extentOf } from './points.ts';
import { usePoints } from './use-points.ts';

export interface LevelPlotProps extends PlotViewProps {
  levels: readonly Level[];
}

/** The answer for each value of a column with few values, as lines below each other; a click enters the value. */
export function LevelPlot({ column, levels, enter, ...props }: LevelPlotProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const scale = scaleOf(props.model.target, locale);
  const values = levels.map(({ value }) => value);
  const { points, current, pending } = usePoints(props, column.name, values);
  const domain = scale.kind === 'chance' ? ([0, 1] as const) : extentOf(points);
  return (
    <ul class="bars levels" data-pending={pending}>
      {levels.map(({ entry, value, label, rows }, index) => {
        const point = points[index];
        return (
          <li key={entry} class="bar-row">
            <button
              type="button"
              class="bar-label"
              aria-pressed={value === current}
              onClick={() => enter(entry)}
            >
              {label}
              {rows !== undefined && (
                <span class="bar-value"> {messages.levelRows(format.number(rows))}</span>
              )}
            </button>
            <Span number={point?.answer} interval={point?.interval} domain={domain} />
            <span class="bar-result">{point ? scale.bare(point.answer) : ''}</span>
          </li>
        );
      })}
    </ul>
  );
}
