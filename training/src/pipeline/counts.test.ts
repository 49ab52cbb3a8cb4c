import { createModel, decodeForest } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import { beforeAll, expect, test } from 'vitest';
import { type ToyDraft, writeToy } from '../../testing/made-up-package.ts';
import { readTable } from '../data/table.ts';
import { createRandom, type Random } from '../random.ts';
import { fitPoisson } from '../regression/poisson.ts';
import { renderReport } from '../report/index.ts';
import { readPublishable } from './publishable.ts';
import { type Trained, train } from './train.ts';

const silent = { start: () => () => {} };

/** A number of events with this mean (Knuth). */
function draw(random: Random, mean: number): number {
  let events = 0;
  for (let p = random.uniform(); p > Math.exp(-mean); p *= random.uniform()) events++;
  return events;
}

const meanAt = (x: number) => Math.exp(-0.5 + 0.02 * x);

/** 240 rows whose number of events grows with x. */
function events({ descriptor, rows, fields }: ToyDraft) {
  const random = createRandom(3);
  Object.assign(descriptor.hearth, { counts: true });
  Object.assign(fields.y, { type: 'integer', constraints: {} });
  const drawn = Array.from({ length: 240 }, () => {
    const x = random.below(101);
    return [String(x), 'abc'[random.below(3)], String(draw(random, meanAt(x)))];
  });
  rows.splice(0, rows.length, ...drawn);
}

async function tableOf(change: (toy: ToyDraft) => void) {
  const { data, remove } = await writeToy(change);
  return readTable(await readPublishable(data)).finally(remove);
}

let trained: Trained;
beforeAll(async () => {
  const table = await tableOf(events);
  const options = { engine: 'additive', seed: 1, folds: 3, repeats: 1, isQuick: true } as const;
  trained = await train(table, options, silent);
}, 60_000);

test('counts are learned with the logarithm as link: the model finds the mean', () => {
  const { manifest, files } = trained.artifact;
  expect(manifest.target.type).toBe('count');
  expect(manifest.answer.link).toBe('log');
  const trees = {
    forest: decodeForest(files['forest.safetensors']),
    spread: decodeForest(files['spread.safetensors']),
  };
  const model = createModel(manifest, trees, 'new');
  for (const x of [10, 50, 90]) {
    const { answer, interval, mean } = model.predict({ x });
    expect(answer / meanAt(x)).toBeGreaterThan(0.7);
    expect(answer / meanAt(x)).toBeLessThan(1.4);
    expect(Number.isInteger(interval?.low) && Number.isInteger(interval?.high)).toBe(true);
    expect(mean?.low).toBeLessThan(answer);
    expect(mean?.high).toBeGreaterThan(answer);
  }
});

test('they are scored by the Poisson deviance too, beside a Poisson regression, on card and report', () => {
  const { manifest } = trained.artifact;
  const { evaluation } = manifest;
  if (evaluation.kind !== 'value') throw new Error(evaluation.kind);
  const constant = evaluation.references.find(({ name }) => name === 'mean');
  expect(evaluation.references.map(({ name }) => name)).toContain('poisson-regression');
  expect(evaluation.model.deviance?.mean).toBeLessThan(constant?.scores.deviance?.mean as number);
  for (const { rows, covered } of evaluation.coverage ?? [])
    expect(covered / rows).toBeGreaterThan(0.9 - 2.576 * Math.sqrt(0.09 / rows));
  expect(renderCard(manifest, { version: '1-0000000' })).toContain('Poisson deviance');
  const report = renderReport({
    manifest,
    candidates: trained.candidates,
    warnings: [],
    seconds: 1,
    learningCurve: [],
  });
  expect(report).toContain('Poisson deviance');
});

test.each([['-1'], ['1.5']])('%s is no count', async (value) => {
  const wrong = (toy: ToyDraft) => {
    events(toy);
    Object.assign(toy.fields.y, { type: 'number' });
    toy.rows[4][2] = value;
  };
  await expect(tableOf(wrong)).rejects.toThrow(`${value} is no count: a whole number from 0`);
});

test('a Poisson regression finds the coefficients of a known truth', () => {
  const random = createRandom(8);
  const x = Array.from({ length: 4000 }, () => random.uniform());
  const beta = fitPoisson(
    [x],
    Float64Array.from(x, (each) => draw(random, Math.exp(0.5 + each))),
    1e-6,
  );
  expect(beta[0]).toBeCloseTo(0.5, 1);
  expect(beta[1]).toBeCloseTo(1, 1);
});
