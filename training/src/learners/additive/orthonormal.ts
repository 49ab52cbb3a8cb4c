/** A function of a column's bins: a straight line plus cosines over the ranks. */
export interface Curve {
  /** [bins] */
  heights: Float64Array;
  /** Coefficients of cos π t, cos 2π t …, where t is the share of rows below. */
  cosines: Float64Array;
}

/**
 * Makes curves centred, orthogonal and of unit variance on the rows, one after the other (Gram-Schmidt). A curve that is nearly a
 * combination of those before it is dropped.
 * @param share share of the rows in each bin
 */
export function orthonormal(curves: readonly Curve[], share: Float64Array): Curve[] {
  const done: Curve[] = [];
  for (const curve of curves) {
    const centred = { heights: centre(curve.heights, share), cosines: curve.cosines };
    const before = deviation(centred, share);
    const rest = done.reduce((left, unit) => subtract(left, unit, inner(left, unit, share)), centred);
    const length = deviation(rest, share);
    if (length > 0.01 * before && length > 1e-9) done.push(scale(rest, 1 / length));
  }
  return done;
}

/** ∫ f''² dt / π⁴ of the cosines: k⁴ for cos kπt of unit variance, 0 for a straight line. */
export const roughness = ({ cosines }: Curve): number =>
  cosines.reduce((sum, amount, k) => sum + (amount * amount * (k + 1) ** 4) / 2, 0);

const inner = (a: Curve, b: Curve, share: Float64Array): number =>
  share.reduce((sum, part, bin) => sum + part * a.heights[bin] * b.heights[bin], 0);

const deviation = (curve: Curve, share: Float64Array): number => Math.sqrt(inner(curve, curve, share));

function centre(heights: Float64Array, share: Float64Array): Float64Array {
  const mean = share.reduce((sum, part, bin) => sum + part * heights[bin], 0);
  return heights.map((height) => height - mean);
}

const subtract = (a: Curve, b: Curve, amount: number): Curve => ({
  heights: a.heights.map((height, bin) => height - amount * b.heights[bin]),
  cosines: a.cosines.map((each, k) => each - amount * b.cosines[k]),
});

const scale = ({ heights, cosines }: Curve, factor: number): Curve => ({
  heights: heights.map((height) => height * factor),
  cosines: cosines.map((each) => each * factor),
});
