import type { ExternalFigures } from '../src/manifest/external.ts';

const score = (mean: number) => ({ mean, sd: 0, low: mean - 0.05, high: mean + 0.05 });

/** Made-up figures of an evaluation at another place. */
export const externalFigures = (change: { name?: string; date?: string } = {}): ExternalFigures => ({
  kind: 'chance',
  name: 'Another hospital',
  date: '2026-01-31',
  table: { sha256: 'a'.repeat(64), rows: 250 },
  leftOut: { withoutTarget: 4, notAllowed: 6 },
  absent: ['weight'],
  rows: 240,
  inTraining: 0,
  positives: 96,
  scores: {
    auc: score(0.75),
    brier: score(0.2),
    logLoss: score(0.6),
    accuracy: score(0.7),
    calibration: { intercept: score(-0.4), slope: score(0.8) },
  },
  reliability: [
    { low: 0.2, high: 0.3, rows: 100, predicted: 0.25, observed: 0.2 },
    { low: 0.6, high: 0.7, rows: 140, predicted: 0.65, observed: 0.54 },
  ],
  ...change,
});
