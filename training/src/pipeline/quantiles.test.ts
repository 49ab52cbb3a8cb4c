import { createModel, decodeAnswer, type Model } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { categoryField, numberField, useToys } from '../../testing/made-up-package.ts';
import { readTable, type Table } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { renderReport } from '../report/index.ts';
import { readPublishable } from './publishable.ts';
import { type Trained, train } from './train.ts';

const silent = { start: () => () => {} };
const newToy = useToys();
const levels = [0.1, 0.5, 0.9];

/** 300 rows whose values lie around x, the further the larger x is. */
async function tableOf(hearth: Record<string, unknown> = { quantiles: levels }): Promise<Table> {
  const random = createRandom(3);
  const lines = Array.from({ length: 300 }, () => {
    const x = random.below(101);
    return [x, 'abc'[random.below(3)], x + (1 + x) * (random.uniform() - 0.5)].join();
  });
  const fields = [
    numberField('x', { constraints: { minimum: 0, maximum: 100 } }),
    categoryField('c', ['a', 'b', 'c']),
  ];
  return readTable(
    await readPublishable(await newToy({ fields, lines, target: { type: 'number' }, hearth })),
  );
}

describe('a model of quantiles', () => {
  let trained: Trained;
  let model: Model;
  beforeAll(async () => {
    const options = { engine: 'boosted', settings: { rounds: 40, maxDepth: 1, rate: 0.1 } } as const;
    trained = await train(await tableOf(), { ...options, seed: 1, folds: 3, repeats: 1 }, silent);
    const { manifest, files } = trained.artifact;
    const trees = decodeAnswer(files['forest.safetensors'], levels.length, manifest.features.length);
    model = createModel(manifest, trees, 'new');
  }, 60_000);

  const rows = fc.record(
    { x: fc.integer({ min: 0, max: 100 }), c: fc.constantFrom('a', 'b', 'c') },
    { requiredKeys: [] },
  );

  test('never crosses, whatever is given', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const [low = 0, middle = 0, high = 0] = model.predict(row).outputs ?? [];
        expect(low).toBeLessThan(middle);
        expect(middle).toBeLessThan(high);
      }),
      { numRuns: 300 },
    );
  });

  test('is explained: contributions add up to each quantile', () => {
    fc.assert(
      fc.property(rows, fc.nat(2), (row, k) => {
        const { base, values } = model.explain(row, k);
        const sum = Object.values(values).reduce((a, b) => a + b, base);
        expect(sum).toBeCloseTo(model.predict(row).outputs?.[k] as number, 9);
      }),
      { numRuns: 30 },
    );
  });

  test('is wide where the values spread', () => {
    const width = (x: number) => {
      const [low = 0, , high = 0] = model.predict({ x, c: 'b' }).outputs ?? [];
      return high - low;
    };
    expect(width(90)).toBeGreaterThan(2 * width(15));
    expect(width(90) / (0.8 * 91)).toBeGreaterThan(0.7);
    expect(width(90) / (0.8 * 91)).toBeLessThan(1.3);
  });

  test('has each quantile in the share of the rows that it says, also with columns left out', () => {
    const { evaluation } = trained.artifact.manifest;
    if (evaluation.kind !== 'value') throw new Error(evaluation.kind);
    expect(evaluation.quantiles?.map(({ given }) => given)).toEqual([0, 0.5, 1]);
    for (const { rows, below } of evaluation.quantiles ?? []) {
      for (const [k, level] of levels.entries())
        expect(Math.abs(below[k] / rows - level)).toBeLessThan(3.5 * Math.sqrt((level * (1 - level)) / 300));
    }
    const constant = evaluation.references.find(({ name }) => name === 'base-rate');
    expect(evaluation.model.pinball?.mean).toBeLessThan(0.7 * (constant?.scores.pinball?.mean as number));
    expect(constant?.difference?.high).toBeLessThan(0);
  });

  test('is described on card and report', () => {
    const { manifest } = trained.artifact;
    const card = renderCard(manifest, { version: '1-0000000' });
    expect(card).toContain('the quantiles 0.1, 0.5, 0.9 of');
    expect(card).toContain('Pinball loss');
    const { candidates } = trained;
    const report = renderReport({ manifest, candidates, warnings: [], seconds: 1, learningCurve: [] });
    expect(report).toContain('Outcomes at most each quantile');
  });
});

test.each([
  [{ quantiles: [0.5] }, 'names one quantile; name at least two, such as 0.1, 0.5 and 0.9'],
  [{ quantiles: [0.9, 0.1] }, 'are quantiles that do not ascend'],
  [
    { quantiles: levels, counts: true },
    'cannot have hearth.quantiles beside hearth.positive or hearth.counts',
  ],
])('%j is refused', async (hearth, why) => {
  await expect(tableOf(hearth)).rejects.toThrow(why);
});
