import type { NumericColumn } from '@hearth/artifact';
import type { ScaleLinear } from 'd3-scale';
import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';

export interface AxesProps {
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
  column: NumericColumn;
  /** The answers at which a horizontal line is drawn. */
  rows: readonly number[];
  scale: Scale;
}

/** Grid lines, labels of both axes, and a band over the range of the training rows. */
export function Axes({ x, y, column: { label, unit, seen }, rows, scale }: AxesProps) {
  const { messages, format, text } = useLocale();
  const [left = 0, right = 0] = x.range();
  const [bottom = 0, top = 0] = y.range();
  const columns = x.ticks(Math.max(3, Math.floor((right - left) / 60)));
  return (
    <>
      <rect
        class="seen"
        x={x(seen.minimum)}
        y={top}
        width={x(seen.maximum) - x(seen.minimum)}
        height={bottom - top}
      />
      <g class="paper">
        {columns.map((value) => (
          <line key={value} x1={x(value)} x2={x(value)} y1={top} y2={bottom} />
        ))}
        {rows.map((answer) => (
          <line key={answer} x1={left} x2={right} y1={y(answer)} y2={y(answer)} />
        ))}
      </g>
      <g class="ticks">
        {columns.map((value) => (
          <text key={value} x={x(value)} y={bottom + 18} text-anchor="middle">
            {format.number(value)}
          </text>
        ))}
        {rows.map((answer) => (
          <text key={answer} x={left - 8} y={y(answer)} dy="0.32em" text-anchor="end">
            {scale.bare(answer)}
          </text>
        ))}
      </g>
      <text class="note above" x={(x(seen.minimum) + x(seen.maximum)) / 2} y={top - 7} text-anchor="middle">
        {messages.seenRange(format.number(seen.minimum), format.number(seen.maximum))}
      </text>
      <text class="axis" x={right} y={bottom + 38} text-anchor="end">
        {text(label)}
        {unit && ` (${text(unit)})`}
      </text>
    </>
  );
}
