import type { Readings } from '../answer/readings.ts';
import { outputsOf } from '../answer/targets.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** How far an answer is from being sure; less is narrower. */
export interface Measure {
  /** `width` of the interval, or from the first quantile to the last, in the unit of the answer; `entropy` of the probabilities, in bits. */
  name: 'width' | 'entropy';
  size(readings: Readings, row: number): number;
}

/** @returns or else why there is none */
export function measureOf({ interval, target }: Pick<Manifest, 'interval' | 'target'>): Measure | string {
  const outputs = outputsOf(target);
  if (interval) return { name: 'width', size: ({ low = [], high = [] }, row) => high[row] - low[row] };
  if (target.type === 'binary')
    return { name: 'entropy', size: ({ answer }, row) => bits(answer[row]) + bits(1 - answer[row]) };
  if (outputs < 2) return 'its answers have no interval that could become narrower';
  if (target.type === 'numeric')
    return {
      name: 'width',
      size: ({ outputs: all = [] }, row) => all[(row + 1) * outputs - 1] - all[row * outputs],
    };
  return {
    name: 'entropy',
    size({ outputs: all = [] }, row) {
      let sum = 0;
      for (let at = row * outputs; at < (row + 1) * outputs; at++) sum += bits(all[at]);
      return sum;
    },
  };
}

/** The part of a probability in an entropy. */
const bits = (chance: number): number => (chance > 0 ? -chance * Math.log2(chance) : 0);
