/** Rounds to a multiple of `step`. */
export interface Grid {
  step: number;
  round(value: number): number;
}

/**
 * A grid on which numbers whose absolute values sum to at most `total` can be added and subtracted in any order without rounding errors. So
 * a histogram computed by subtraction, or by several threads, has the same bits as a counted one. (Pre-rounding: Demmel & Nguyen 2013,
 * "Fast Reproducible Floating-Point Summation".)
 */
export function exactGrid(total: number): Grid {
  const exponent = Math.ceil(Math.log2(total)) + 1;
  if (!Number.isFinite(exponent)) return { step: 0, round: (value) => value };
  // Adding 1.5 · 2^exponent shifts every bit below the step out of the significand, rounding to nearest.
  const shift = 1.5 * 2 ** exponent;
  return { step: 2 ** (exponent - 52), round: (value) => value + shift - shift };
}
