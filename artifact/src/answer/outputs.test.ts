import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, randomTrees } from '../../testing/format2/random-trees.ts';
import { explainAnswer } from '../explain/explain-answer.ts';
import { createPredictor, packTrees } from './predictor.ts';

const columns = ['x', 'z'].map((name) => ({
  name,
  type: 'number' as const,
  required: false,
  minimum: 0,
  maximum: 1,
  seen: { minimum: 0, maximum: 1 },
}));
const features = columns.map(({ name: column }) => ({ column }));

/** A model of some classes whose leaves hold a number for each, above 0. */
function made(seed: number, classes: number, link: 'softmax' | 'share') {
  const random = createRandom(seed);
  let leaves = 0;
  const { missing_left: missingLeft, ...forest } = randomTrees(random, {
    trees: 9,
    depth: 3,
    thresholds: columns.map(() => [0.1, 0.4, 0.8]),
    leaf: () => leaves++,
  });
  const leafValues = Float64Array.from(
    { length: leaves * classes },
    () => (3 * random.below(1 << 20)) / (1 << 20),
  );
  const trees = { forest: { ...forest, missingLeft }, leafValues };
  const names = Array.from({ length: classes }, (_, k) => ({ value: `class ${k}` }));
  const formula = {
    columns,
    features,
    target: { name: 'y', type: 'classes' as const, classes: names },
    answer: { link, divisor: 9 },
  };
  return { formula, trees, predictor: createPredictor(formula, trees, packTrees(trees, 2)) };
}

const unit = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: Number.NaN });
const link = fc.constantFrom('softmax' as const, 'share' as const);

test('the probabilities of a row add up to 1 and are from 0 to 1, whatever the model and the row', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 2, max: 30 }),
      link,
      fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 80 }),
      (seed, classes, link, rows) => {
        const { predictor } = made(seed, classes, link);
        const { outputs = new Float64Array() } = predictor.predictCells(Float64Array.from(rows.flat()));
        for (let at = 0; at < outputs.length; at += classes) {
          const own = outputs.subarray(at, at + classes);
          expect(Math.abs(own.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-12);
          expect(own.every((p) => p >= 0 && p <= 1)).toBe(true);
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('contributions add up to the score of each class: shares and log-odds follow from them', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 2, max: 6 }), link, unit, unit, (seed, classes, link, x, z) => {
      const { formula, trees, predictor } = made(seed, classes, link);
      const row = { ...(!Number.isNaN(x) && { x }), ...(!Number.isNaN(z) && { z }) };
      const scores = formula.target.classes.map((_, k) => {
        const { base, values } = explainAnswer(formula, trees, k)(row);
        return Object.values(values).reduce((a, b) => a + b, base);
      });
      const weights = link === 'softmax' ? scores.map(Math.exp) : scores;
      const total = weights.reduce((a, b) => a + b);
      const { outputs = [] } = predictor.predict(row);
      for (const [k, weight] of weights.entries()) expect(weight / total).toBeCloseTo(outputs[k], 9);
    }),
    { numRuns: 50 },
  );
});
