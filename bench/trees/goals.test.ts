import { expect, test } from 'vitest';
import type { EngineName } from './engines.ts';
import { goals } from './goals.ts';
import { noResults } from './results.ts';
import type { Results } from './results-types.ts';

const commit = 'a';
const grew = (engine: EngineName, seconds: number, brier: number) => ({
  ...{ rows: 100_000, leaf: 1, engine, commit },
  grown: { seconds: [seconds], cpu: [seconds], brier, peak: null },
});
const walked = (engine: EngineName, one: number, batch: number) => ({
  ...{ rows: 303, threads: 1, engine, commit },
  walked: { one: [one], batch: [batch] },
});
const met = (results: Partial<Results>) => goals({ ...noResults(), ...results }).map((goal) => goal.met);

test('without results there are no goals', () => {
  expect(goals(noResults())).toEqual([]);
});

test.each([
  [9, 0.1, true],
  [11, 0.1, false],
  [9, 0.102, false],
])(
  '100,000 rows grown in %i s with a Brier score of %d, the faster peer in 20 s with 0.1: %s',
  (seconds, brier, is) => {
    const peers = [grew('ranger', 20, 0.1), grew('scikit-learn', 30, 0.11)];
    expect(met({ growing: [grew('hearth', seconds, brier), ...peers] })).toEqual([is]);
    expect(met({ growing: [grew('hearth', seconds, brier), peers[0]] })).toEqual([]);
  },
);

test('walking is compared with the faster peer, and one row with onnxruntime', () => {
  const others = [walked('ranger', 1, 3), walked('scikit-learn', 1, 5), walked('onnxruntime', 0.1, 2)];
  expect(met({ walking: [walked('hearth', 0.09, 1), ...others] })).toEqual([true, true]);
  expect(met({ walking: [walked('hearth', 0.11, 1.1), ...others] })).toEqual([false, false]);
});

test.each([
  [14.9, true],
  [15.1, false],
])('time 100 times the rows may grow to 150 times: %i s after 0.1 s', (seconds, is) => {
  const point = { trees: 100, columns: 13, peak: null, commit };
  const scaling = [
    { ...point, rows: 10_000, seconds: 0.1 },
    { ...point, rows: 1_000_000, seconds },
  ];
  expect(met({ scaling })).toEqual([is]);
});
