import { useMemo, useState } from 'preact/hooks';
import { usedColumns } from '../fields/entries.ts';
import { useLocale } from '../locale.ts';
import { eventOf, scaleOf } from '../scale.ts';
import { baseRateOf } from './base-rate.ts';
import { type CurveAxis, curveAxis } from './curve-axis.ts';
import { CurveCursor } from './curve-cursor.tsx';
import { type Bins, densityOf } from './density.ts';
import { LevelPlot } from './level-plot.tsx';
import { levelsOf } from './levels.ts';
import { Plot } from './plot.tsx';
import type { CurveViewProps, PlotViewProps } from './plot-view.ts';
import { answerAt } from './points.ts';
import { usePoints } from './use-points.ts';
import { useWidth } from './use-width.ts';

/** The answer over the values of one column, all others fixed, with a mark at the current value. */
export function CurveView({ model, row, isAnswered, lead, of, enter }: CurveViewProps) {
  const locale = useLocale();
  const { messages, labelOf } = locale;
  const columns = usedColumns(model);
  const [chosen, choose] = useState(lead);
  const column = columns.find(({ name }) => name === chosen) ?? columns[0];
  if (!column) return null;
  const bins = model.data.bins?.find((each) => each.column === column.name);
  const levels = levelsOf(column, bins, locale);
  const scale = scaleOf(model.target, locale);
  const title = messages.curveOf(eventOf(model, of, locale), scale.kind);
  const hints = [
    levels ? messages.levelHint : messages.curveHint,
    model.interval && messages.bandHint,
    !levels && bins && messages.densityHint,
  ];
  const shared = { model, row, isAnswered, of, enter: (entry: string) => enter(column.name, entry) };
  return (
    <figure>
      <figcaption>
        {columns.length === 1 ? (
          messages.curveTitle(title, labelOf(column))
        ) : (
          <label>
            {title} {messages.by}{' '}
            <select value={column.name} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              {columns.map((each) => (
                <option key={each.name} value={each.name}>
                  {labelOf(each)}
                </option>
              ))}
            </select>
          </label>
        )}
      </figcaption>
      {levels ? (
        <LevelPlot key={column.name} {...shared} column={column} levels={levels} />
      ) : (
        <Curve key={column.name} {...shared} column={column} bins={bins} />
      )}
      <p class="hint">{hints.filter(Boolean).join(' ')}</p>
    </figure>
  );
}

interface CurveProps extends PlotViewProps {
  bins: Bins | undefined;
}

function Curve({ model, column, bins, ...props }: CurveProps) {
  const locale = useLocale();
  const axis = useMemo(() => curveAxis(column, locale), [column, locale]);
  return axis ? <AxisCurve {...props} model={model} axis={axis} bins={bins} /> : null;
}

function AxisCurve({ axis, bins, enter, ...props }: Omit<CurveProps, 'column'> & { axis: CurveAxis }) {
  const locale = useLocale();
  const { messages } = locale;
  const { box, width } = useWidth();
  const { model } = props;
  const scale = scaleOf(model.target, locale);
  const values = axis.grid.map(axis.value);
  const { points, current, pending } = usePoints(props, axis.name, values, axis.grid);
  const place = axis.placeOf(current);
  const answer = place === undefined ? undefined : answerAt(points, place);
  const here = place === undefined || answer === undefined ? undefined : { value: place, answer };
  const [first, last] = [points[0], points.at(-1)];
  const summary = [
    first &&
      last &&
      messages.curveSummary(
        axis.text(first.value),
        scale.text(first.answer),
        axis.text(last.value),
        scale.text(last.answer),
      ),
    here && messages.curveHere(axis.bare(here.value), scale.text(here.answer)),
  ];
  const baseRate = baseRateOf(model.data);
  return (
    <div class="plot" ref={box} data-pending={pending}>
      <p class="unseen" id="curve-summary">
        {summary.filter(Boolean).join(' ')}
      </p>
      {width > 0 && (
        <CurveCursor axis={axis} points={points} start={here?.value} scale={scale} enter={enter}>
          {(cursor) => (
            <Plot
              width={width}
              axis={axis}
              points={points}
              density={bins ? densityOf(bins, axis.step) : []}
              here={here}
              cursor={cursor}
              scale={scale}
              {...(baseRate !== undefined && { baseRate })}
            />
          )}
        </CurveCursor>
      )}
    </div>
  );
}
