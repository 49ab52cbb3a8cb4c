import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { normal } from './simulated.ts';
import { tunePenalties } from './tune.ts';

const random = createRandom(5);
const x = Array.from({ length: 400 }, () => Float64Array.of(normal(random), normal(random)));
const tableOf = (value: (x: Float64Array) => number) => ({
  x,
  columns: [{ kind: 'numeric' as const }, { kind: 'numeric' as const }],
  target: Float64Array.from(x, (row) => value(row) + 0.5 * normal(random)),
  loss: 'squared' as const,
});
const rows = Int32Array.from(x.keys());

test('a wavy truth is smoothed less than a straight one', () => {
  const straight = tunePenalties(
    tableOf(([a, b]) => a + b),
    rows,
    createRandom(1),
  );
  const wavy = tunePenalties(
    tableOf(([a, b]) => Math.sin(3 * a) + b),
    rows,
    createRandom(1),
  );
  expect(wavy.smooth).toBeLessThan(straight.smooth / 10);
});

test('noise gets a larger ridge than effects', () => {
  const wide = Array.from({ length: 200 }, () => Float64Array.from({ length: 12 }, () => normal(random)));
  const tableWith = (effect: number) => ({
    x: wide,
    columns: Array.from({ length: 12 }, () => ({ kind: 'numeric' as const })),
    target: Float64Array.from(wide, (row) => row.reduce((sum, v) => sum + effect * v, normal(random))),
    loss: 'squared' as const,
  });
  const all = Int32Array.from(wide.keys());
  const noise = tunePenalties(tableWith(0), all, createRandom(1));
  const effects = tunePenalties(tableWith(1), all, createRandom(1));
  expect(noise.ridge).toBeGreaterThan(effects.ridge);
});
