import type { AnsweringRow } from './answering.ts';
import type { GrowingRow } from './growing.ts';
import type { ScalingPoint } from './scaling.ts';
import type { WalkingRow } from './walking.ts';

/** What was measured; each with the commit that it was measured at. */
export interface Results {
  growing: (GrowingRow & Measured)[];
  walking: (WalkingRow & Measured)[];
  scaling: (ScalingPoint & Measured)[];
  answering: (AnsweringRow & Measured)[];
}
export interface Measured {
  commit: string;
}
