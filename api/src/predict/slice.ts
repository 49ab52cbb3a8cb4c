import { setImmediate } from 'node:timers/promises';

/** Other requests wait no longer than this for one that takes long, in milliseconds. */
const longest = 4;

/** Long work in slices between which other requests are answered. */
export interface Slice {
  isOver(): boolean;
  /** Lets others go first. */
  rest(): Promise<void>;
}

export function startSlice(): Slice {
  let began = performance.now();
  return {
    isOver: () => performance.now() - began > longest,
    async rest() {
      await setImmediate();
      began = performance.now();
    },
  };
}
