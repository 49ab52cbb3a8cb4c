import type { ModelDescription, NumericColumn, Row } from '@hearth/artifact';
import { useCallback, useState } from 'preact/hooks';
import { predictAll } from '../api.ts';
import { usedColumns } from '../fields/entries.ts';
import { isNumericColumn } from '../fields/kinds.ts';
import { useLocale } from '../locale.ts';
import { answerOf, eventOf, scaleOf } from '../scale.ts';
import { useLatest } from '../use-latest.ts';
import { baseRateOf } from './base-rate.ts';
import { CurveCursor } from './curve-cursor.tsx';
import { Plot } from './plot.tsx';
import { answerAt, gridOf, type Point } from './points.ts';
import { useWidth } from './use-width.ts';

/** Milliseconds. Longer than for the number: the curve costs a hundred predictions. */
const delay = 150;

export interface CurveViewProps {
  model: ModelDescription;
  /** The row of the answer; the curve varies one column of it. Undefined while an entry has a fault: then no curve is drawn. */
  row: Row | undefined;
  /** False while the service does not answer: then no curve is drawn, because it would be outdated. */
  isAnswered: boolean;
  /** The column at the top of the page. */
  lead: string | undefined;
  /** The class whose chance is drawn, of several. */
  of: string | undefined;
  enter(name: string, value: number): void;
}

/** The answer as a curve over one numeric column, all others fixed, with a mark at the current value. */
export function CurveView({ model, row, isAnswered, lead, of, enter }: CurveViewProps) {
  const locale = useLocale();
  const { messages, labelOf } = locale;
  const columns = usedColumns(model).filter(isNumericColumn);
  const [chosen, choose] = useState(lead);
  const column = columns.find(({ name }) => name === chosen) ?? columns[0];
  if (!column) return null;
  const scale = scaleOf(model.target, locale);
  const title = messages.curveOf(eventOf(model, of, locale), scale.kind);
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
      <Curve
        key={column.name}
        {...{ model, column, row, isAnswered, of }}
        enter={(value) => enter(column.name, value)}
      />
      <p class="hint">{messages.curveHint}</p>
    </figure>
  );
}

interface CurveProps extends Pick<CurveViewProps, 'model' | 'row' | 'isAnswered' | 'of'> {
  column: NumericColumn;
  enter(value: number): void;
}

function Curve({ model, column, row, isAnswered, of, enter }: CurveProps) {
  const locale = useLocale();
  const { messages, format } = locale;
  const { box, width } = useWidth();
  const { name } = column;
  const { target } = model;
  const scale = scaleOf(target, locale);
  const ask = useCallback(
    async ({ held }: { version: string; held: Row }): Promise<Point[]> => {
      const grid = gridOf(column);
      const answers = await predictAll(grid.map((value) => ({ ...held, [name]: value })));
      return answers.map((answer, index) => ({
        value: grid[index] ?? Number.NaN,
        answer: answerOf(target, answer, of),
        ...(answer.interval && { interval: answer.interval }),
      }));
    },
    [column, name, target, of],
  );
  const { [name]: value, ...held } = row ?? {};
  const curve = useLatest(ask, row && { version: model.version, held }, delay);
  const points = (isAnswered && curve.reply) || [];
  const answer = typeof value === 'number' ? answerAt(points, value) : undefined;
  const here = answer === undefined ? undefined : { value: Number(value), answer };
  const [first, last] = [points[0], points.at(-1)];
  const summary = [
    first &&
      last &&
      messages.curveSummary(
        format.number(first.value),
        scale.text(first.answer),
        format.number(last.value),
        scale.text(last.answer),
      ),
    here && messages.curveHere(format.number(here.value), scale.text(here.answer)),
  ];
  const baseRate = baseRateOf(model.data);
  return (
    <div class="plot" ref={box} data-pending={curve.pending}>
      <p class="unseen" id="curve-summary">
        {summary.filter(Boolean).join(' ')}
      </p>
      {width > 0 && (
        <CurveCursor column={column} points={points} start={here?.value} scale={scale} enter={enter}>
          {(cursor) => (
            <Plot
              width={width}
              column={column}
              points={points}
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
