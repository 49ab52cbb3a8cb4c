import type { ThresholdFigures } from '@hearth/artifact/decision/figures';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { useWidth } from '../chart/use-width.ts';
import { useLocale } from '../locale.ts';
import { aboutMessages } from './messages.ts';

/** CSS pixels. */
const widest = 540;
const height = 300;
const edges = { left: 46, right: 20, top: 12, bottom: 250 };
const ticks = [0, 0.25, 0.5, 0.75, 1];

export interface ThresholdCurveProps {
  figures: readonly ThresholdFigures[];
  /** The threshold that is shown. */
  at: ThresholdFigures;
}

/** Net benefit by threshold, with its interval, beside that of treating everybody and nobody. */
export function ThresholdCurve({ figures, at }: ThresholdCurveProps) {
  const { language, format } = useLocale();
  const words = aboutMessages[language];
  const { box, width: room } = useWidth();
  const width = Math.min(room, widest);
  const right = width - edges.right;
  const top = Math.max(...figures.map(({ netBenefit }) => netBenefit.high));
  const x = scaleLinear([0, 1], [edges.left, right]);
  const y = scaleLinear([-top / 4, top], [edges.bottom, edges.top]).clamp(true);
  const seen = figures.filter(({ netBenefit }) => netBenefit.value >= -top / 4);
  const model = line<ThresholdFigures>(
    ({ threshold }) => x(threshold),
    ({ netBenefit }) => y(netBenefit.value),
  )(seen);
  const all = line<ThresholdFigures>(
    ({ threshold }) => x(threshold),
    ({ netBenefitOfAll }) => y(netBenefitOfAll),
  )(figures.filter(({ netBenefitOfAll }) => netBenefitOfAll >= -top / 4));
  const band = area<ThresholdFigures>(
    ({ threshold }) => x(threshold),
    ({ netBenefit }) => y(netBenefit.low),
    ({ netBenefit }) => y(netBenefit.high),
  )(seen);
  return (
    <figure class="threshold-curve">
      <div ref={box} style={{ height }}>
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true" focusable="false">
            <g class="paper">
              {ticks.map((tick) => (
                <g key={tick}>
                  <line x1={x(tick)} x2={x(tick)} y1={edges.top} y2={edges.bottom} />
                  <text x={x(tick)} y={edges.bottom + 18} text-anchor="middle">
                    {format.percent(tick)}
                  </text>
                </g>
              ))}
              {y.ticks(4).map((tick) => (
                <g key={tick}>
                  <line x1={edges.left} x2={right} y1={y(tick)} y2={y(tick)} />
                  <text x={edges.left - 8} y={y(tick)} dy="0.32em" text-anchor="end">
                    {format.number(tick)}
                  </text>
                </g>
              ))}
            </g>
            {band && <path class="band" d={band} />}
            {all && <path class="all" d={all} />}
            <line class="none" x1={edges.left} x2={right} y1={y(0)} y2={y(0)} />
            {model && <path class="model" d={model} />}
            <g class="here">
              <line x1={x(at.threshold)} x2={x(at.threshold)} y1={edges.top} y2={edges.bottom} />
              <circle cx={x(at.threshold)} cy={y(at.netBenefit.value)} r={6} />
            </g>
            <text class="axis" x={right} y={height - 6} text-anchor="end">
              {words.threshold}
            </text>
          </svg>
        )}
      </div>
      <ul class="lines">
        <li class="model">{words.byModel}</li>
        <li class="all">{words.treatAll}</li>
        <li class="none">{words.treatNone}</li>
      </ul>
      <figcaption class="hint">{words.netBenefitHint}</figcaption>
    </figure>
  );
}
