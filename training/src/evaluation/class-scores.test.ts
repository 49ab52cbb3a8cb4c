import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { scoreClasses, scoreEachClass } from './class-scores.ts';
import { aucError, reliability } from './metrics.ts';
import { rowLossOf } from './row-loss.ts';
import { compare, scoreProbabilities } from './scores.ts';

const random = createRandom(4);
const binary = Float64Array.from({ length: 200 }, (_, i) => i % 2);
const chance = binary.map((y) => Math.min(1, Math.max(0, 0.3 * y + 0.7 * random.uniform())));
const both = Float64Array.from({ length: 400 }, (_, i) =>
  i % 2 === 1 ? chance[i >> 1] : 1 - chance[i >> 1],
);

test('the scores of two classes are those of a probability, and the Brier score twice as large', () => {
  const two = scoreClasses(binary, [both, both], 2);
  const one = scoreProbabilities(binary, [chance, chance]);
  expect(two.brier.mean).toBeCloseTo(2 * one.brier.mean, 12);
  expect(two.brier.high).toBeCloseTo(2 * (one.brier.high ?? 0), 12);
  for (const name of ['logLoss', 'accuracy', 'auc'] as const) {
    expect(two[name].mean).toBeCloseTo(one[name].mean, 12);
    // the placements of both sides count as one sample, so the errors differ by (n - 1) / n
    expect(two[name].low).toBeCloseTo(one[name].low ?? 0, 3);
  }
  expect(two.auc.sd).toBe(0);
});

// three rows of a, two of b, one of c
const target = Float64Array.of(0, 0, 0, 1, 1, 2);
const predicted = Float64Array.of(
  ...[0.8, 0.1, 0.1],
  ...[0.5, 0.5, 0],
  ...[0.2, 0.7, 0.1],
  ...[0.1, 0.9, 0],
  ...[0.3, 0.3, 0.4],
  ...[0.2, 0.2, 0.6],
);

test('scores by hand', () => {
  const scores = scoreClasses(target, [predicted], 3);
  const brier = [0.06, 0.5, 1.14, 0.02, 0.74, 0.24];
  expect(scores.brier.mean).toBeCloseTo(brier.reduce((a, b) => a + b) / 6, 12);
  expect(scores.logLoss.mean).toBeCloseTo(
    [0.8, 0.5, 0.2, 0.9, 0.3, 0.6].reduce((sum, p) => sum - Math.log(p), 0) / 6,
    12,
  );
  expect(scores.accuracy.mean).toBeCloseTo(4 / 6, 12); // of equal probabilities the first class is the answer
  // pairs ranked rightly, ties half: a 7.5 of 9, b 6 of 8, c 5 of 5
  expect(scores.auc.mean).toBeCloseTo((7.5 / 9 + 6 / 8 + 1) / 3, 12);
});

test('which classes are confused, and each class against all others', () => {
  const { classes, confusion } = scoreEachClass(target, [predicted], 3);
  expect(confusion).toEqual([
    [2, 1, 0],
    [0, 1, 1],
    [0, 0, 1],
  ]);
  expect(classes.map(({ auc }) => auc?.mean)).toEqual([7.5 / 9, 6 / 8, 1]);
  const b = Float64Array.from(target, (k) => Number(k === 1));
  const own = Float64Array.from({ length: 6 }, (_, i) => predicted[3 * i + 1]);
  const half = 1.959963984540054 * aucError(b, own) * Math.sqrt((6 - 1) / 6);
  const [, auc] = classes.map((each) => each.auc);
  expect((auc?.mean ?? 1) - (auc?.low ?? 0)).toBeLessThan(1.2 * half);
  expect(classes[1].reliability).toEqual(reliability(b, own));
});

test('a class that no row has counts in no mean', () => {
  const some = Int32Array.of(0, 1, 2, 3, 4);
  const scores = scoreClasses(target, [predicted], 3, some);
  expect(scores.auc.mean).toBeCloseTo((5 / 6 + 4 / 6) / 2, 12);
  expect(Number.isFinite(scores.auc.high)).toBe(true);
});

test('the difference of two models is that of their Brier scores', () => {
  const even = new Float64Array(18).fill(1 / 3);
  const { mean } = compare(target, [predicted], [even], {
    outputs: 3,
    loss: rowLossOf({ outputs: 3 }),
  });
  const brier = (p: Float64Array) => scoreClasses(target, [p], 3).brier.mean;
  expect(mean).toBeCloseTo(brier(predicted) - brier(even), 12);
});

test('a class that no scored row has, as may be in the order of time, has no AUC', () => {
  const later = Float64Array.of(...predicted.subarray(0, 15), Number.NaN, Number.NaN, Number.NaN);
  const { classes, confusion } = scoreEachClass(target, [later], 3);
  expect(classes.map(({ auc }) => auc?.mean)).toEqual([5 / 6, 4 / 6, undefined]);
  expect(confusion[2]).toEqual([0, 0, 0]);
});

test('a row of weight 2 is scored as two rows of one cluster', () => {
  const weights = Float64Array.of(2, 1, 3, 1, 2, 1);
  const copies = Int32Array.from([0, 0, 1, 2, 2, 2, 3, 4, 4, 5]);
  const repeated = Float64Array.from(copies, (row) => target[row]);
  const predictions = Float64Array.from(
    Array.from(copies).flatMap((row) => Array.from(predicted.subarray(3 * row, 3 * row + 3))),
  );
  const weighted = { weights, groups: Int32Array.of(0, 1, 2, 3, 4, 5) };
  const scores = scoreClasses(target, [predicted], 3, undefined, weighted);
  const expected = scoreClasses(repeated, [predictions], 3, undefined, { groups: copies });
  for (const name of ['brier', 'logLoss', 'accuracy', 'auc'] as const) {
    expect(scores[name].mean).toBeCloseTo(expected[name].mean, 12);
    expect(scores[name].low).toBeCloseTo(expected[name].low ?? 0, 12);
  }
  const each = scoreEachClass(target, [predicted], 3, weighted);
  const ofRepeated = scoreEachClass(repeated, [predictions], 3, { groups: copies });
  expect(each.confusion).toEqual(ofRepeated.confusion);
  for (const [k, { auc, reliability }] of each.classes.entries()) {
    expect(auc?.mean).toBeCloseTo(ofRepeated.classes[k].auc?.mean ?? 0, 12);
    expect(auc?.high).toBeCloseTo(ofRepeated.classes[k].auc?.high ?? 0, 12);
    for (const [i, bin] of reliability.entries())
      expect(bin.observed).toBeCloseTo(ofRepeated.classes[k].reliability[i].observed, 12);
  }
});

test('only repeats that predicted some row count, and rows that each of them predicted', () => {
  const [first, other] = [Float64Array.from(predicted), Float64Array.from(predicted, (p) => (p + 0.2) / 1.6)];
  first.fill(Number.NaN, 0, 3);
  other.fill(Number.NaN, 3, 6);
  const none = new Float64Array(18).fill(Number.NaN);
  expect(scoreClasses(target, [none, first, other], 3)).toEqual(
    scoreClasses(target, [first, other], 3, Int32Array.of(2, 3, 4, 5)),
  );
});

test('a class that was given no chance costs as much as one of 1e-15', () => {
  const certain = Float64Array.of(1, 0, 0, 1);
  expect(scoreClasses([0, 0], [certain], 2).logLoss.mean).toBeCloseTo(-Math.log(1e-15) / 2, 12);
});

test('the interval of a score ends where the score does', () => {
  const scores = scoreClasses([0, 0], [Float64Array.of(1, 0, 0, 1)], 2);
  expect(scores.brier).toMatchObject({ low: 0, mean: 1, high: 2 });
  expect(scores.accuracy).toMatchObject({ low: 0, mean: 0.5, high: 1 });
  const mixed = Float64Array.of(...[0.9, 0.1], ...[0.1, 0.9], ...[0.5, 0.5]);
  const { auc } = scoreClasses([0, 0, 1], [mixed], 2);
  expect(auc).toMatchObject({ low: 0, mean: 0.5, high: 1 });
  for (const each of scoreEachClass([0, 0, 1], [mixed], 2).classes)
    expect(each.auc).toMatchObject({ low: 0, mean: 0.5, high: 1 });
});

test('where all rows have one class, no class has an AUC', () => {
  const { classes } = scoreEachClass([1, 1], [Float64Array.of(0.3, 0.7, 0.4, 0.6)], 2);
  expect(classes.map(({ auc }) => auc)).toEqual([undefined, undefined]);
});

test('the error of an AUC is that of the first repeat', () => {
  const chances = binary.map((y) => 0.2 * y + 0.8 * random.uniform());
  const other = Float64Array.from(both, (_, i) => (i % 2 === 1 ? chances[i >> 1] : 1 - chances[i >> 1]));
  const width = (...repeats: Float64Array[]) => {
    const { low = 0, high = 0 } = scoreClasses(binary, repeats, 2).auc;
    return high - low;
  };
  expect(width(both, other)).toBeCloseTo(width(both), 12);
  expect(width(other)).not.toBeCloseTo(width(both), 3);
});
