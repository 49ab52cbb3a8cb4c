import type { ScaleLinear } from 'd3-scale';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';
import type { CurveAxis } from './curve-axis.ts';

export interface AxesProps {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
  axis: CurveAxis;
  /** The answers at which a horizontal line is drawn. */
  rows: readonly number[];
  scale: Scale;
}

/** Grid lines, labels of both axes, and hatching where no training rows are. */
export function Axes({ x, y, axis, rows, scale }: AxesProps) {
  const { messages } = useLocale();
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const labelWidth = Math.max(60, 8 * axis.short(axis.maximum).length + 16);
  const columns = axis.ticks(Math.max(2, Math.floor((right - left) / labelWidth)));
  const { seen, label, unit } = axis;
  const start = seen ? x(seen.minimum) : left;
  const end = seen ? x(seen.maximum) : right;
  return (
    <>
      <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line class="hatching" y2="7" />
      </pattern>
      <rect class="seen" x={start} y={top} width={end - start} height={bottom - top} />
      <rect class="unknown" x={left} y={top} width={start - left} height={bottom - top} />
      <rect class="unknown" x={end} y={top} width={right - end} height={bottom - top} />
      <g class="paper">
        {columns.map((place) => (
          <line key={place} x1={x(place)} x2={x(place)} y1={top} y2={bottom} />
        ))}
        {rows.map((answer) => (
          <line key={answer} x1={left} x2={right} y1={y(answer)} y2={y(answer)} />
        ))}
      </g>
      <g class="ticks">
        {columns.map((place) => (
          <text key={place} x={x(place)} y={bottom + 18} text-anchor="middle">
            {axis.short(place)}
          </text>
        ))}
        {rows.map((answer) => (
          <text key={answer} x={left - 8} y={y(answer)} dy="0.32em" text-anchor="end">
            {scale.bare(answer)}
          </text>
        ))}
      </g>
      {seen && (
        <text class="note above" x={(left + right) / 2} y={top - 7} text-anchor="middle">
          {messages.seenRange(axis.short(seen.minimum), axis.short(seen.maximum))}
        </text>
      )}
      <text class="axis" x={right} y={bottom + 38} text-anchor="end">
        {label}
        {unit && ` (${unit})`}
      </text>
    </>
  );
}
