import { scaleLinear } from 'd3-scale';
import type { CurveAxis } from './curve-axis.ts';

/** CSS pixels. */
export const height = 320;
export const margin = { top: 24, right: 14, bottom: 46, left: 44 };

export const xScale = ({ minimum, maximum }: CurveAxis, width: number) =>
  scaleLinear([minimum, maximum], [margin.left, width - margin.right]).clamp(true);

export const yScale = (domain: readonly [number, number]) =>
  scaleLinear(domain, [height - margin.bottom, margin.top]);
