import { createRandom, permutation } from '@hearth/training';

export interface Shop {
  shop: string;
  x1: number;
  x2: number;
  x3: number;
  y: 0 | 1;
  probability: number;
}

/** Effects of the categories are normal on the scale of log-odds; few categories have many rows, most have few. */
export function simulateShops(rows: number, categories: number, seed: number): Shop[] {
  const random = createRandom(seed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const effects = Float64Array.from({ length: categories }, normal);
  const shares = effects.map((_, i) => (i + 1) ** -0.7);
  let total = 0;
  const upTo = shares.map((share) => {
    total += share;
    return total;
  });
  const made = Array.from({ length: rows }, (_, i): Shop => {
    const drawn = random.uniform() * total;
    const shop = i < categories ? i : upTo.findIndex((end) => end > drawn);
    const x1 = normal() + 0.5 * effects[shop];
    const x2 = random.uniform();
    const x3 = random.below(5);
    const score = -0.5 + effects[shop] + 0.7 * x1 + Math.sin(6 * x2) + (x3 === 2 ? 0.4 : 0);
    const probability = 1 / (1 + Math.exp(-score));
    return { shop: `s${shop}`, x1, x2, x3, y: random.uniform() < probability ? 1 : 0, probability };
  });
  return Array.from(permutation(rows, random), (i) => made[i]);
}

export const shopsAsCsv = (shops: readonly Shop[]): string =>
  ['shop,x1,x2,x3,y', ...shops.map(({ shop, x1, x2, x3, y }) => [shop, x1, x2, x3, y].join()), ''].join('\n');
