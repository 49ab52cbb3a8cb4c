import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { drawAlike, drawByGradient } from './draw.ts';
import { blocksOf } from './row-blocks.ts';
import { alone } from './team.ts';

const rows = 20_000;
const own = { blocks: blocksOf(rows, alone), team: alone };
/** Some rows are answered badly, most of them well. */
const sizeOf = (row: number): number => (row % 10 === 0 ? 0.5 : 1e-3 * (1 + (row % 7)));
const start = () => ({
  list: new Int32Array(rows),
  gradient: Float64Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? -1 : 1) * sizeOf(row)),
  hessian: Float64Array.from({ length: rows }, (_, row) => sizeOf(row) * (1 - sizeOf(row))),
});
const sum = (values: ArrayLike<number>, of: Int32Array): number =>
  of.reduce((total, row) => total + values[row], 0);

test('at most the wanted share of the rows is drawn, and the list keeps all of them in ascending order', () => {
  const { list, gradient, hessian } = start();
  const count = drawByGradient(0.2)(list, own, gradient, hessian, createRandom(1));
  expect(count / rows).toBeGreaterThan(0.1);
  expect(count / rows).toBeLessThan(0.2);
  const [drawn, others] = [list.subarray(0, count), list.subarray(count)];
  expect(drawn.toSorted()).toEqual(drawn);
  expect(others.toSorted()).toEqual(others);
  expect(list.toSorted()).toEqual(Int32Array.from({ length: rows }, (_, row) => row));
});

test('rows that are answered badly are all drawn, and the sums stay the same on average', () => {
  const before = start();
  const every = Int32Array.from({ length: rows }, (_, row) => row);
  const [gradients, hessians] = [sum(before.gradient, every), sum(before.hessian, every)];
  const draws = Array.from({ length: 20 }, (_, seed) => {
    const { list, gradient, hessian } = start();
    const drawn = list.subarray(0, drawByGradient(0.2)(list, own, gradient, hessian, createRandom(seed)));
    expect(drawn.filter((row) => row % 10 === 0).length).toBe(rows / 10);
    return { gradient: sum(gradient, drawn), hessian: sum(hessian, drawn) };
  });
  const mean = (of: number[]) => of.reduce((a, b) => a + b) / of.length;
  expect(mean(draws.map(({ gradient }) => gradient)) / gradients).toBeCloseTo(1, 2);
  expect(mean(draws.map(({ hessian }) => hessian)) / hessians).toBeCloseTo(1, 2);
});

test('where rows are alike, exactly the share of them is drawn, with the gradients that they have', () => {
  const { list, gradient, hessian } = start();
  expect(drawAlike(0.25)(list, own, gradient, hessian, createRandom(1))).toBe(rows / 4);
  expect(gradient).toEqual(start().gradient);
});

test('all rows are drawn if none has a gradient', () => {
  const nothing = new Float64Array(100);
  expect(
    drawByGradient(0.2)(
      new Int32Array(100),
      { blocks: blocksOf(100, alone), team: alone },
      nothing,
      nothing,
      createRandom(1),
    ),
  ).toBe(100);
});
