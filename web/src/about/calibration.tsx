import type { ChanceEvaluation } from '@hearth/artifact';
import { wilson } from '@hearth/artifact/decision/figures';
import { scaleLinear } from 'd3-scale';
import { useWidth } from '../chart/use-width.ts';
import { useLocale } from '../locale.ts';
import { aboutMessages } from './messages.ts';

/** CSS pixels. */
const widest = 540;
const height = 400;
const square = { left: 46, right: 20, top: 12, bottom: 300 };
const counts = { top: 318, bottom: 358 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Predicted chances against observed shares, with the interval of each share and the number of cases. */
export function Calibration({ bins }: { bins: ChanceEvaluation['reliability'] }) {
  const { language, format } = useLocale();
  const words = aboutMessages[language];
  const { box, width: room } = useWidth();
  const width = Math.min(room, widest);
  const right = width - square.right;
  const x = scaleLinear([0, 1], [square.left, right]);
  const y = scaleLinear([0, 1], [square.bottom, square.top]);
  const most = Math.max(...bins.map(({ rows }) => rows));
  const tall = scaleLinear([0, most], [0, counts.bottom - counts.top]);
  const summaries = bins.map(({ predicted, observed, rows }) =>
    words.binSummary(format.percent(predicted), format.percent(observed), format.number(rows)),
  );
  return (
    <figure class="calibration">
      <div ref={box} class="calibration-plot">
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={summaries.join('; ')}>
            <g class="paper">
              {ticks.map((at) => (
                <g key={at}>
                  <line x1={x(at)} x2={x(at)} y1={square.top} y2={square.bottom} />
                  <line x1={square.left} x2={right} y1={y(at)} y2={y(at)} />
                  <text x={square.left - 8} y={y(at)} dy="0.32em" text-anchor="end">
                    {format.percent(at)}
                  </text>
                  <text x={x(at)} y={counts.bottom + 18} text-anchor="middle">
                    {format.percent(at)}
                  </text>
                </g>
              ))}
            </g>
            <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
            {bins.map(({ low, high, rows, predicted, observed }) => {
              const range = wilson(observed, rows);
              return (
                <g key={low} class="bin">
                  <line x1={x(predicted)} x2={x(predicted)} y1={y(range.low)} y2={y(range.high)} />
                  <circle cx={x(predicted)} cy={y(observed)} r={5.5} />
                  <rect
                    x={x(low) + 1.5}
                    width={x(high) - x(low) - 3}
                    y={counts.bottom - tall(rows)}
                    height={tall(rows)}
                  />
                  <text x={x((low + high) / 2)} y={counts.bottom - tall(rows) - 4} text-anchor="middle">
                    {format.number(rows)}
                  </text>
                </g>
              );
            })}
            <text class="axis" x={right} y={height - 6} text-anchor="end">
              {words.predicted}
            </text>
            <text class="axis" x={square.left + 6} y={square.top + 14}>
              {words.observed}
            </text>
          </svg>
        )}
      </div>
      <figcaption class="hint">{words.calibrationHint}</figcaption>
    </figure>
  );
}
