import type { Row } from '@hearth/artifact';
import { useCallback } from 'preact/hooks';
import { predictAll } from '../api.ts';
import { useLocale } from '../locale.ts';
import { answerOf, scaleOf } from '../scale.ts';
import { Span } from '../span.tsx';
import { useLatest } from '../use-latest.ts';
import type { Level } from './levels.ts';
import { curveDelay, type PlotViewProps } from './plot-view.ts';
import { extentOf, type Point } from './points.ts';

export interface LevelPlotProps extends PlotViewProps {
  levels: readonly Level[];
}

/** The answer for each value of a column with few values, as lines below each other; a click enters the value. */
export function LevelPlot({ model, column, levels, row, isAnswered, of, enter }: LevelPlotProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const { name } = column;
  const { target } = model;
  const scale = scaleOf(target, locale);
  const ask = useCallback(
    async ({ held, values }: { version: string; held: Row; values: Level['value'][] }): Promise<Point[]> => {
      const answers = await predictAll(values.map((value) => ({ ...held, [name]: value })));
      return answers.map((answer, value) => ({
        value,
        answer: answerOf(target, answer, of),
        ...(answer.interval && { interval: answer.interval }),
      }));
    },
    [name, target, of],
  );
  const { [name]: current, ...held } = row ?? {};
  const values = levels.map(({ value }) => value);
  const { reply, pending } = useLatest(ask, row && { version: model.version, held, values }, curveDelay);
  const points = (isAnswered && reply) || [];
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
