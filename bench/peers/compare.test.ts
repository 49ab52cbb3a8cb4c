import { expect, test } from 'vitest';
import { compareAt, type EngineResult, isWorse, meanRanks, type TableResult } from './compare.ts';

const fold = Array.from({ length: 500 }, (_, row) => row % 5);
const engine = (name: string, loss: number[]): EngineResult => ({
  name,
  ran: { version: '1', seconds: [], cpu: [], peak: null, notes: [] },
  scores: loss.length > 0 ? [{ loss, rowLoss: new Float64Array(500) }] : [],
});
const table = (name: string, engines: EngineResult[]): TableResult => ({
  spec: {
    name,
    columns: [],
    target: 'y',
    classes: ['no', 'yes'],
    rows: 500,
    fold,
    heldOut: [0, 1, 2, 3, 4],
    shares: [0],
  },
  base: [0.25, 0.25, 0.25, 0.25, 0.25],
  engines,
});
const near = (loss: number) => [0, 1, -1, 2, -2].map((step) => loss + 1e-5 * step);
const varied = (loss: number) => [0, 1, -1, 2, -2].map((step) => loss + 0.02 * step);

test('Hearth is worse where it loses more than 1 % of the base rate’s loss to the best peer, and that is significant', () => {
  const results = [
    table('clear', [engine('Hearth', near(0.11)), engine('a', near(0.1)), engine('b', near(0.2))]),
    table('small', [engine('Hearth', near(0.1002)), engine('a', near(0.1))]),
    table('uncertain', [engine('Hearth', varied(0.11)), engine('a', near(0.1))]),
  ];
  const compared = compareAt(results, 0);
  expect(compared.map(({ excess }) => Number(excess.toFixed(4)))).toEqual([0.04, 0.0008, 0.04]);
  expect(compared.map(({ best }) => best.name)).toEqual(['a', 'a', 'a']);
  expect(compared.map(isWorse)).toEqual([true, false, false]);
});

test('engines that ran on every table are ranked; one that failed is last, and a tuned one is neither ranked nor the best peer', () => {
  const results = [
    table('one', [
      engine('Hearth', near(0.1)),
      engine('a', []),
      engine('a-tuned', near(0.01)),
      engine('EBM', near(0.2)),
    ]),
    table('two', [engine('Hearth', near(0.2)), engine('a', near(0.1)), engine('a-tuned', near(0.01))]),
  ];
  expect(meanRanks(results, 0)).toEqual([
    { name: 'Hearth', rank: 1.5, first: 1 },
    { name: 'a', rank: 1.5, first: 1 },
  ]);
  expect(compareAt(results, 0).map(({ best }) => best.name)).toEqual(['EBM', 'a']);
  expect(compareAt(results, 0.5)).toEqual([]);
});
