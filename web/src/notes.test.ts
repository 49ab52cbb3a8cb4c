import type { ExternalEvaluation, ModelDescription } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { localeFor } from './locale.ts';
import { performanceElsewhere } from './notes.tsx';

const model = { target: { name: 'sick', type: 'binary' } } as ModelDescription;
const evaluation = (name: string, date: string, auc: number) =>
  ({ name, date, kind: 'chance', scores: { auc: { mean: auc, sd: 0.01 } } }) as ExternalEvaluation;

test('a version that was not cross-validated says how it did in its latest evaluation', () => {
  const evaluations = [evaluation('Basel', '2026-10-02', 0.81), evaluation('Bern', '2026-03-01', 0.7)];
  expect(performanceElsewhere(model, evaluations, localeFor('en'))).toMatch(
    /^At “Basel”: .* 81% of the time/,
  );
});

test('a version that was never evaluated says so', () => {
  expect(performanceElsewhere(model, [], localeFor('en'))).toMatch(/^It has not been evaluated/);
});
