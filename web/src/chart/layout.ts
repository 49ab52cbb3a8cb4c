import type { NumericColumn } from '@hearth/artifact';
import { scaleLinear } from 'd3-scale';
import { rangeOf } from '../fields/entries.ts';

/** CSS pixels. */
export const height = 320;
const margin = { top: 24, right: 14, bottom: 46, left: 44 };

export const xScale = (column: NumericColumn, width: number) => {
  const { minimum, maximum } = rangeOf(column);
  return scaleLinear([minimum, maximum], [margin.left, width - margin.right]).clamp(true);
};

export const yScale = (domain: readonly [number, number]) =>
  scaleLinear(domain, [height - margin.bottom, margin.top]);

/** The value of the column under a pointer, rounded to the precision of the column. */
export function valueAt(column: NumericColumn, pixels: number, width: number): number {
  const value = xScale(column, width).invert(pixels);
  return column.type === 'integer' ? Math.round(value) : Number(value.toPrecision(3));
}
