import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differences, recorded, thresholds } from '../../testing/decision/fixture.ts';
import {
  countAtThresholds,
  countsFault,
  figuresAt,
  peopleAt,
  placeOf,
  thresholdOf,
  wilson,
} from './index.ts';

test('error rates, net benefit and their intervals are those of epiR, dcurves and statsmodels', () => {
  expect(recorded().map(({ threshold }) => threshold)).toEqual(thresholds);
  for (const difference of differences(recorded())) expect(difference).toBeLessThan(1e-9);
});

const rowsOf = fc.array(
  fc.record({ y: fc.integer({ min: 0, max: 1 }), p: fc.double({ min: 0, max: 1, noNaN: true }) }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

test('the counts are those of comparing each row with each threshold', () => {
  fc.assert(
    fc.property(rowsOf, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (rows, declared) => {
      const counts = countAtThresholds(
        rows.map(({ y }) => y),
        rows.map(({ p }) => p),
        declared,
      );
      expect(countsFault(counts)).toBeUndefined();
      expect(counts.at).toContain(declared);
      for (const [i, threshold] of counts.at.entries()) {
        const flagged = rows.filter(({ p }) => p >= threshold);
        expect(counts.truePositives[i]).toBe(flagged.filter(({ y }) => y === 1).length);
        expect(counts.falsePositives[i]).toBe(flagged.filter(({ y }) => y === 0).length);
      }
    }),
    { numRuns: 50 },
  );
});

test('a probability exactly at the threshold is positive', () => {
  const counts = countAtThresholds([1, 0], [0.29, 0.28]);
  const i = placeOf(counts, 0.29);
  expect([counts.at[i], counts.truePositives[i], counts.falsePositives[i]]).toEqual([0.29, 1, 0]);
});

test('where every row is called positive, the net benefit is that of calling all positive', () => {
  const counts = countAtThresholds([1, 0, 0, 0], [0.5, 0.6, 0.7, 0.8], 0.2);
  const { netBenefit, netBenefitOfAll, npv, specificity } = figuresAt(counts, placeOf(counts, 0.2));
  expect(netBenefit.value).toBe(netBenefitOfAll);
  expect(npv).toBeUndefined();
  expect(specificity?.value).toBe(0);
});

test('people are whole, and none is flagged and missed at once', () => {
  fc.assert(
    fc.property(rowsOf, fc.nat(98), (rows, i) => {
      const counts = countAtThresholds(
        rows.map(({ y }) => y),
        rows.map(({ p }) => p),
      );
      const { flagged, flaggedWith, missed } = peopleAt(counts, i);
      for (const each of [flagged, flaggedWith, missed]) expect(Number.isInteger(each)).toBe(true);
      expect(flaggedWith).toBeLessThanOrEqual(flagged);
      expect(flagged + missed).toBeLessThanOrEqual(100);
    }),
    { numRuns: 50 },
  );
});

test('the costs of wrong decisions give the threshold', () => {
  expect(thresholdOf({ falsePositive: 1, falseNegative: 9 })).toBe(0.1);
});

test.each([
  ['counts of another length', { truePositives: [1] }, 'has 2 thresholds, but counts for 1 and 2'],
  ['thresholds that do not ascend', { at: [0.5, 0.5] }, 'do not ascend'],
  ['counts that rise', { falsePositives: [0, 1] }, 'more rows at a threshold than at a lower one'],
  ['more positives than there are', { truePositives: [3, 1] }, 'more rows'],
])('%s are a fault', (_, change, fault) => {
  const counts = { rows: 4, positives: 2, at: [0.3, 0.6], truePositives: [2, 1], falsePositives: [1, 0] };
  expect(countsFault(counts)).toBeUndefined();
  expect(countsFault({ ...counts, ...change })).toContain(fault);
});

test("the interval of a share is Wilson's, and stays within 0 to 1", () => {
  expect(wilson(0.8, 10).low).toBeCloseTo(0.4902, 4);
  expect(wilson(0.8, 10).high).toBeCloseTo(0.9433, 4);
  expect(wilson(0, 5).low).toBeCloseTo(0, 12);
  expect(wilson(1, 5).high).toBeCloseTo(1, 12);
});
