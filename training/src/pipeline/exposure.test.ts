import { createModel, decodeAnswer, decodeForest, type Model } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import { nextQuestion } from '@hearth/artifact/next';
import { beforeAll, describe, expect, test } from 'vitest';
import { categoryField, numberField, useToys } from '../../testing/made-up-package.ts';
import { readTable, type Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import { createModelLearner, type ModelRecipe, selfTuned } from '../learners/index.ts';
import type { LearnedModel, ModelLearner } from '../learners/learner.ts';
import { createRandom, type Random } from '../random.ts';
import { readPublishable } from './publishable.ts';
import { type Trained, train } from './train.ts';

const silent = { start: () => () => {} };
const newToy = useToys();

/** A number of events with this mean (Knuth). */
function draw(random: Random, mean: number): number {
  let events = 0;
  for (let p = random.uniform(); p > Math.exp(-mean); p *= random.uniform()) events++;
  return events;
}

const rateAt = (x: number) => Math.exp(-4 + 0.02 * x);

/** 240 rows, each observed for some days, of which the first ones may be written otherwise. */
async function tableOf(
  {
    first = [],
    hearth = {},
    type = 'number',
  }: { first?: readonly string[]; hearth?: object; type?: string } = {},
  unit = 1,
): Promise<Table> {
  const random = createRandom(3);
  const lines = Array.from({ length: 240 }, (_, i) => {
    const [x, days] = [random.below(101), 1 + random.below(60)];
    const events = draw(random, rateAt(x) * days);
    return [first[i] ?? days * unit, x, 'abc'[random.below(3)], events].join();
  });
  const path = await newToy({
    fields: [
      { name: 'days', type },
      numberField('x', { constraints: { minimum: 0, maximum: 100 } }),
      categoryField('c', ['a', 'b', 'c']),
    ],
    lines,
    target: { type: 'integer' },
    hearth: { counts: true, exposure: 'days', ...hearth },
  });
  return readTable(await readPublishable(path));
}

/** A model of all rows. */
function learn(table: Table, recipe: ModelRecipe): LearnedModel {
  const design = createDesign(table);
  const learner = createModelLearner(recipe, design) as ModelLearner;
  return learner.learn(Int32Array.from(table.inputs.keys()), 1);
}

describe('a model of a count for an exposure', () => {
  let trained: Trained;
  let model: Model;
  beforeAll(async () => {
    trained = await train(await tableOf(), { engine: 'additive', seed: 1, folds: 3, repeats: 1 }, silent);
    const { manifest, files } = trained.artifact;
    const answer = decodeAnswer(files['forest.safetensors'], 1, manifest.features.length);
    model = createModel(manifest, { ...answer, spread: decodeForest(files['spread.safetensors']) }, 'new');
  }, 60_000);

  test('answers with the rate times the exposure that the row gives, and with the rate where it gives none', () => {
    const rate = model.predict({ x: 50 }).answer;
    expect(rate / rateAt(50)).toBeGreaterThan(0.7);
    expect(rate / rateAt(50)).toBeLessThan(1.4);
    for (const days of [0.5, 1, 30, 1000])
      expect(model.predict({ x: 50, days }).answer / (rate * days)).toBeCloseTo(1, 12);
  });

  test('has an interval of the outcome for this exposure, and contributions that add up', () => {
    const row = { x: 50, days: 200 };
    const { answer, interval, mean } = model.predict(row);
    expect(interval?.low).toBeGreaterThan(0);
    expect(interval?.low).toBeLessThan(answer);
    expect(interval?.high).toBeGreaterThan(answer);
    expect(mean?.high).toBeGreaterThan(answer);
    const { base, values } = model.explain(row);
    const sum = Object.values(values).reduce((a, b) => a + b, base);
    expect(Math.exp(sum) / answer).toBeCloseTo(1, 9);
    expect(values.days).toBeGreaterThan(0);
  });

  test('warns where the exposure is missing, and refuses 0', () => {
    expect(model.warnings({ x: 50 }, '')).toEqual([
      { pointer: '/days', detail: 'is missing: the answer is the expected count for an exposure of 1' },
    ]);
    expect(model.check({ x: 50, days: 0 }, '')).toMatchObject([
      { pointer: '/days', detail: expect.stringContaining('too small') },
    ]);
    expect(model.check({ x: 50, days: 0.5 }, '')).toEqual([]);
  });

  test('is scored as counts: far better than the same rate for all, with the coverage that it says', () => {
    const { evaluation } = trained.artifact.manifest;
    if (evaluation.kind !== 'value') throw new Error(evaluation.kind);
    expect(evaluation.references.map(({ name }) => name)).toEqual(['poisson-regression', 'mean']);
    const constant = evaluation.references[1].scores;
    expect(evaluation.model.deviance?.mean).toBeLessThan(constant.deviance?.mean as number);
    // the constant rate knows the exposure too
    expect(constant.r2.mean).toBeGreaterThan(0.1);
    for (const { rows, covered } of evaluation.coverage ?? [])
      expect(covered / rows).toBeGreaterThan(0.9 - 2.576 * Math.sqrt(0.09 / rows));
    expect(evaluation.stages?.every(({ columns }) => columns.includes('days'))).toBe(true);
  });

  test('does not ask for the exposure as what would narrow the answer', () => {
    const question = nextQuestion(model);
    if (typeof question === 'string') throw new Error(question);
    expect(question.places.map((place) => model.manifest.columns[place].name)).toEqual(['x', 'c']);
  });

  test('says on its card what the answer is for', () => {
    expect(renderCard(trained.artifact.manifest, { version: '1-0000000' })).toContain(
      'a rate times the exposure `days`',
    );
  });
});

test('every learner of rates gives the same answers in another unit of the exposure', async () => {
  const [days, hours] = await Promise.all([tableOf(), tableOf({}, 24)]);
  expect(selfTuned({ type: 'count', exposure: 'days' }, 5000).map(({ learner }) => learner)).toEqual([
    'additive',
    'boosted',
    'gbdt',
  ]);
  const recipes: ModelRecipe[] = [
    { learner: 'additive', options: { ridge: 1, smooth: 1 } },
    { learner: 'boosted', options: { rounds: 30, maxDepth: 1, rate: 0.1 } },
    { learner: 'gbdt', options: { rounds: 10, leaves: 4, rate: 0.1, copies: 1 } },
  ];
  for (const recipe of recipes) {
    const [byDay, byHour] = [days, hours].map((table) => learn(table, recipe));
    const rows = [0, 1, 2, 3, 4];
    const total = rows.reduce((sum, row) => sum + byDay.predict(row), 0);
    expect(total).toBeGreaterThan(0);
    for (const row of rows) expect(byHour.predict(row) / byDay.predict(row)).toBeCloseTo(1, 6);
  }
});

test('boosted trees of rates grow on several threads, as those of counts do', async () => {
  const learner = createModelLearner({ learner: 'gbdt' }, createDesign(await tableOf()));
  expect(learner).toMatchObject({ usesThreads: true });
});

test('rows of twice the exposure and the events are two rows', async () => {
  const table = await tableOf();
  const whole = learn(table, { learner: 'boosted', options: { rounds: 20, maxDepth: 1, rate: 0.1 } });
  const events = table.target.reduce((sum, each) => sum + each, 0);
  const expected = table.inputs.reduce((sum, _, row) => sum + whole.predict(row), 0);
  // a Poisson model expects as many events as there were
  expect(expected / events).toBeCloseTo(1, 1);
});

test.each([
  ['0', 'is not above 0'],
  ['-3', 'is not above 0'],
  ['', 'is missing'],
  ['soon', 'is not a number'],
])('an exposure "%s" is refused by its cell', async (cell, why) => {
  const refusal = tableOf({ first: ['5', cell] });
  await expect(refusal).rejects.toThrow(/line 3, column "days"/);
  await expect(refusal).rejects.toThrow(why);
  expect(String(await refusal.catch((error: Error) => error.message)).match(/line 3/g)).toHaveLength(1);
});

test('an exposure is of a count only, and a number', async () => {
  await expect(tableOf({ hearth: { counts: false } })).rejects.toThrow(
    'hearth.exposure: is of a count, the target is numeric; a count has "counts": true',
  );
  await expect(tableOf({ type: 'string' })).rejects.toThrow(
    '"days" is of type string; an exposure is a number',
  );
});

test('forests average counts, which no exposure can multiply: they are refused', async () => {
  const design = createDesign(await tableOf());
  expect(() => createModelLearner({ learner: 'forest' }, design)).toThrow('additive, boosted, gbdt');
});
