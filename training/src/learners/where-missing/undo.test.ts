import { sumLeaves } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { heartTable } from '../../../testing/heart.ts';
import { createDesign } from '../../design.ts';
import { addTerms, noTerms } from '../linear-terms.ts';
import { regressionModel } from '../regression.ts';
import { additiveScores } from './additive-scores.ts';
import { undoing } from './undo.ts';

const design = createDesign(await heartTable(), ['cp', 'ca', 'thal']);
const rows = Int32Array.from(design.x.keys());
const { trees, answer } = regressionModel(design, rows, 1, { ridge: 1 });

test('with the trees that undo it, a regression answers the constant, whatever is missing or not listed', () => {
  const scores = additiveScores(design, rows, { trees, answer });
  const [undone] = undoing(design, rows, scores);
  const first = design.binned.columns.map(({ feature }) => feature);
  const unlisted = design.x[0].map((value, j) => (j >= first[2] ? 0 : value));
  const without = (x: Float64Array) => x.map((value, j) => (j < first[1] ? Number.NaN : value));
  for (const x of [...design.x, ...design.x.map(without), unlisted, without(unlisted)]) {
    const score = Float64Array.of(Number(answer.base) + sumLeaves(trees.forest, x) + sumLeaves(undone, x));
    addTerms(trees.linear ?? noTerms(design), [x], score);
    expect(score[0]).toBeCloseTo(scores.constant[0], 12);
  }
});

test('the cover of trees that undo a regression is the weight of the rows', () => {
  const weights = Float64Array.from(rows, (row) => 1 + (row % 3));
  const weighted = { ...design, sampling: { weights } };
  const scores = additiveScores(weighted, rows, { trees, answer });
  const [undone] = undoing(weighted, rows, scores);
  const total = weights.reduce((sum, weight) => sum + weight);
  for (const root of undone.roots) expect(undone.cover[root]).toBeCloseTo(total, 9);
});
