/**
 * The nearest heights (weighted least squares) that change direction at most once (Frisén 1986, The Statistician 35, 479-485): the best
 * over all peaks and valleys, with isotonic regression on each side.
 */
export function unimodal(heights: Float64Array, weight: Float64Array): Float64Array {
  if (turns(heights) < 2) return heights;
  const mirrored = heights.map((height) => -height);
  const rises = bestPeak(heights, weight);
  const falls = bestPeak(mirrored, weight).map((height) => -height);
  return distance(heights, falls, weight) < distance(heights, rises, weight) ? falls : rises;
}

/** Number of changes of direction. */
function turns(heights: Float64Array): number {
  let count = 0;
  let direction = 0;
  for (let i = 1; i < heights.length; i++) {
    const step = Math.sign(heights[i] - heights[i - 1]);
    if (step === 0) continue;
    if (step === -direction) count++;
    direction = step;
  }
  return count;
}

function bestPeak(heights: Float64Array, weight: Float64Array): Float64Array {
  const { length } = heights;
  const [reversed, reversedWeight] = [heights.toReversed(), weight.toReversed()];
  let best = new Float64Array(length);
  let fit = new Float64Array(length);
  let least = Number.POSITIVE_INFINITY;
  for (let peak = 0; peak <= length; peak++) {
    isotonic(reversed, reversedWeight, length - peak, fit);
    fit.subarray(0, length - peak).reverse();
    fit.copyWithin(peak, 0, length - peak);
    isotonic(heights, weight, peak, fit);
    const squares = distance(heights, fit, weight);
    if (squares < least) {
      [best, fit] = [fit, best];
      least = squares;
    }
  }
  return best;
}

/** The nearest non-decreasing heights of the first `length` bins: neighbours that decrease are pooled (Ayer et al. 1955). */
function isotonic(heights: Float64Array, weight: Float64Array, length: number, into: Float64Array): void {
  const mean = new Float64Array(length);
  const total = new Float64Array(length);
  const end = new Int32Array(length);
  let pools = 0;
  for (let bin = 0; bin < length; bin++) {
    let height = heights[bin];
    let mass = weight[bin] + 1e-12;
    while (pools > 0 && mean[pools - 1] > height) {
      pools--;
      const both = total[pools] + mass;
      height = (mean[pools] * total[pools] + height * mass) / both;
      mass = both;
    }
    mean[pools] = height;
    total[pools] = mass;
    end[pools++] = bin + 1;
  }
  for (let pool = 0, bin = 0; pool < pools; pool++) while (bin < end[pool]) into[bin++] = mean[pool];
}

function distance(a: Float64Array, b: Float64Array, weight: Float64Array): number {
  let sum = 0;
  for (let bin = 0; bin < weight.length; bin++) sum += weight[bin] * (a[bin] - b[bin]) ** 2;
  return sum;
}
