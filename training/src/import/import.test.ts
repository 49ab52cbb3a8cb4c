import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFixture, fixturesIn, importFixture } from '../../testing/import/compare.ts';
import { fuzz } from '../../testing/import/fuzz.ts';
import { compareAnswers } from './compare-answers.ts';

/** Small models that `npm run prove -- import` records with the real tools. */
const fixtures = fixturesIn(join(import.meta.dirname, '../../testing/import/recorded'));

describe.each(fixtures)('$about', (fixture) => {
  test('every answer is that of the tool', () => {
    const { compared, imported } = compareFixture(fixture);
    expect(compared.rows).toBe(60);
    if (fixture.scores) expect(compared.score).toBe(0);
    if (fixture.outputs) expect(compared.answer).toBeLessThanOrEqual(imported.bounds.answer);
  });

  test('another answer is found', () => {
    const { imported, assembled } = importFixture(fixture);
    const { rows, scores, outputs } = fixture;
    const other = (numbers: Float64Array | undefined) => numbers?.with(7, numbers[7] + 0.001);
    const answers = { rows, scores: other(scores), outputs: other(outputs) };
    expect(() => compareAnswers(assembled, answers, imported)).toThrow(/answers row \d+ with the/);
  });

  test('a damaged file is refused, or answers with finite numbers', () => {
    const { accepted, refused } = fuzz(fixture, 25, 1);
    expect(accepted + refused).toBe(25);
  });
});
