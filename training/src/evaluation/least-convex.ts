const golden = (Math.sqrt(5) - 1) / 2;
const steps = 40;

/** Where a convex function of one number is least between two ends, by golden-section search (Kiefer 1953). */
export function leastConvex(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [x1, x2] = [b - golden * (b - a), a + golden * (b - a)];
  let [f1, f2] = [f(x1), f(x2)];
  for (let step = 0; step < steps; step++) {
    if (f1 <= f2) {
      [b, x2, f2] = [x2, x1, f1];
      x1 = b - golden * (b - a);
      f1 = f(x1);
    } else {
      [a, x1, f1] = [x1, x2, f2];
      x2 = a + golden * (b - a);
      f2 = f(x2);
    }
  }
  return (a + b) / 2;
}
