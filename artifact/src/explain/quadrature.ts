/** Points in (0, 1) and weights that integrate polynomials up to degree 2 × points − 1 over [0, 1] exactly. */
export interface Quadrature {
  points: Float64Array;
  weights: Float64Array;
}

/** Gauss-Legendre quadrature; Newton's method finds the roots of the Legendre polynomial (Press et al., Numerical Recipes, 4.6). */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let root = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    for (let step = 0; step < 20; step++) {
      const { value, slope } = legendre(count, root);
      root -= value / slope;
    }
    points[i] = (1 + root) / 2;
    weights[i] = 1 / ((1 - root * root) * legendre(count, root).slope ** 2);
  }
  return { points, weights };
}

function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 0;
  let value = 1;
  for (let n = 1; n <= degree; n++) {
    const next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
    before = value;
    value = next;
  }
  return { value, slope: (degree * (before - x * value)) / (1 - x * x) };
}
