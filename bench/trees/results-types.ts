import type { AnsweringRow } from './answering.ts';
import type { GrowingRow } from './growing.ts';
import type { ScalingPoint } from './scaling.ts';
import type { WalkingRow } from './walking.ts';

/** All results, each with its commit. */
export interface Results {
  growing: (GrowingRow & Measured)[];
  walking: (WalkingRow & Measured)[];
  scaling: (ScalingPoint & Measured)[];
  answering: (AnsweringRow & Measured)[];
}
export interface Measured {
  commit: string;
}
