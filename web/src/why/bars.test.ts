import { describe, expect, test } from 'vitest';
import { barsOf, chanceOf, chanceTicks, domainOf, logit, valueTicks } from './bars.ts';

const contributions = { base: -0.5, values: { age: 0.2, sex: -0.7, pain: 0.1, ecg: 0.3 } };
const columns = ['age', 'sex', 'pain', 'ecg'];

describe('the bars of an answer', () => {
  test('go end to end from the base to the answer, the largest first', () => {
    const { start, bars, end } = barsOf(contributions, columns, new Set(['age', 'sex']));
    expect(bars.map(({ column }) => column)).toEqual(['sex', 'age', undefined]);
    expect(start).toBe(bars[0]?.from);
    expect(bars.slice(1).map(({ from }) => from)).toEqual(bars.slice(0, -1).map(({ to }) => to));
    expect(end).toBeCloseTo(-0.6, 12);
  });

  test('have one bar for all columns that are not given', () => {
    const { bars, notGiven } = barsOf(contributions, columns, new Set(['age', 'sex']));
    const last = bars.at(-1);
    expect((last?.to ?? 0) - (last?.from ?? 0)).toBeCloseTo(0.4, 12);
    expect(notGiven).toBe(2);
  });

  test('have no such bar when every column is given', () => {
    const { bars } = barsOf(contributions, columns, new Set(columns));
    expect(bars.every(({ column }) => column !== undefined)).toBe(true);
  });
});

describe('the axis of the bars', () => {
  test('contains every bar and has a minimum length', () => {
    const bars = barsOf(contributions, columns, new Set(columns));
    const [low, high] = domainOf(bars, 2);
    expect(high - low).toBeGreaterThanOrEqual(2 - 1e-12);
    expect(bars.bars.every(({ from, to }) => Math.min(from, to) >= low && Math.max(from, to) <= high)).toBe(
      true,
    );
  });

  test.each([
    [1, 120, [1, 2, 5, 10, 20, 50, 100]],
    [19, 52, [20, 25, 30, 35, 40, 50]],
    [0.03, 0.4, [0.05, 0.1, 0.2, 0.3]],
  ])(
    'of logarithms from %d to %d has round values as labels, with space between them',
    (low, high, labels) => {
      expect(valueTicks([Math.log(low), Math.log(high)])).toEqual(labels);
    },
  );

  test('has round chances as labels, with space between them', () => {
    expect(chanceTicks([logit(0.08), logit(0.92)])).toEqual([0.1, 0.25, 0.5, 0.75, 0.9]);
    expect(chanceTicks([logit(0.3), logit(0.55)]).length).toBeGreaterThan(1);
  });

  test('converts chances to log-odds and back', () => {
    expect(chanceOf(logit(0.37))).toBeCloseTo(0.37, 12);
  });
});
