/**
 * The nearest heights (weighted squares) that change direction at most once: the best of all ways to rise up to a bin and fall
 * from there, or the reverse, each side by isotonic regression (Frisen 1986, The Statistician 35, 479-485).
 */
export function unimodal(heights: Float64Array, weight: Float64Array): Float64Array {
  const mirrored = heights.map((height) => -height);
  const rises = bestPeak(heights, weight);
  const falls = bestPeak(mirrored, weight).map((height) => -height);
  return distance(heights, falls, weight) < distance(heights, rises, weight) ? falls : rises;
}

function bestPeak(heights: Float64Array, weight: Float64Array): Float64Array {
  let best = new Float64Array();
  let least = Number.POSITIVE_INFINITY;
  for (let peak = 0; peak <= heights.length; peak++) {
    const before = isotonic(heights.subarray(0, peak), weight.subarray(0, peak));
    const after = isotonic(heights.slice(peak).reverse(), weight.slice(peak).reverse()).reverse();
    const fit = Float64Array.of(...before, ...after);
    const squares = distance(heights, fit, weight);
    if (squares < least) [best, least] = [fit, squares];
  }
  return best;
}

/** Nearest heights that never fall: neighbours that do are pooled (Ayer et al. 1955). */
function isotonic(heights: Float64Array, weight: Float64Array): Float64Array {
  const pools: { mean: number; weight: number; length: number }[] = [];
  for (const [bin, height] of heights.entries()) {
    let pool = { mean: height, weight: weight[bin] + 1e-12, length: 1 };
    for (let last = pools.at(-1); last && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop();
      const total = last.weight + pool.weight;
      pool = {
        mean: (last.mean * last.weight + pool.mean * pool.weight) / total,
        weight: total,
        length: last.length + pool.length,
      };
    }
    pools.push(pool);
  }
  return Float64Array.from(pools.flatMap(({ mean, length }) => new Array<number>(length).fill(mean)));
}

const distance = (a: Float64Array, b: Float64Array, weight: Float64Array): number =>
  weight.reduce((sum, each, bin) => sum + each * (a[bin] - b[bin]) ** 2, 0);
