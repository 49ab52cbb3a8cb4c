import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import { createRandom } from '../random.ts';
import type { Pair } from './compare.ts';
import { compareDecisions } from './decision.ts';
import { judgeVersion } from './gate.ts';
import { compareRecipes } from './refit.ts';
import { compareSubgroups } from './subgroups.ts';
import { upperTail } from './upper-tail.ts';

let folder: string;
let registry: Registry;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-gate-parts-'));
  registry = openRegistry(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const text = (en: string) => ({ en, 'pt-BR': en });
const score = { mean: 0.5, sd: 0 };
const scores = { auc: score, brier: score, logLoss: score, accuracy: score };
const random = createRandom(5);
const noise = Array.from({ length: 400 }, () => random.uniform() - 0.5);

/** Publishes a version of format 2 whose probability of the row `i` is `of(i, target)`; even rows are women. */
async function publish(
  of: (i: number, target: number) => number,
  threshold?: number,
  placesOf = (i: number) => [i % 2],
): Promise<string> {
  const artifact = tinyArtifact((draft) => {
    draft.format = 2;
    const rows = noise.map((_, i) => ({ i, target: (i >> 1) % 2 }));
    draft.data.rows = rows.length;
    draft.data.positives = rows.length / 2;
    if (threshold !== undefined) draft.data.decision = { threshold };
    Object.assign(draft.evaluation ?? {}, {
      subgroups: ['women', 'men'].map((name) => ({ column: 'sex', label: text(name), rows: 200, scores })),
      outOfFold: rows.map(({ i, target }) => ({
        row: i.toString(16).padStart(16, '0'),
        target,
        prediction: of(i, target),
        subgroups: placesOf(i),
      })),
    });
  });
  return (await registry.publish(artifact)).version;
}

const near = (i: number, target: number, error: number) =>
  (target === 1 ? 1 - error : error) + 0.1 * (noise[i] ?? 0);
const judge = (version: string) =>
  judgeVersion(registry, version, () => {
    throw new Error('unexpected retraining');
  });

test('a version that is better on the whole, and significantly worse in a declared subgroup, is refused with its figures', async () => {
  const champion = await publish((i, target) => near(i, target, 0.3));
  await registry.promote(champion);
  const verdict = await judge(await publish((i, target) => near(i, target, i % 2 === 0 ? 0.15 : 0.32)));
  expect(verdict.evidence.champion?.high).toBeLessThan(0);
  expect(verdict.reasons).toEqual([
    expect.stringMatching(
      /^it is significantly worse than 1-\w{7} in the subgroup "men": its mean squared error is 0\.01\d\d higher \(95 % interval \+0\.\d{4} to \+0\.\d{4}, 200 rows; Holm over all subgroups\)$/,
    ),
  ]);
  expect(verdict.evidence.subgroups).toMatchObject([
    { subgroup: 'women', rows: 200, worse: false },
    { subgroup: 'men', rows: 200, worse: true },
  ]);
});

test('the evidence has only the subgroups with enough rows', async () => {
  await registry.promote(await publish((i, target) => near(i, target, 0.3)));
  const onlyWomen = await publish(
    (i, target) => near(i, target, 0.2),
    undefined,
    () => [0],
  );
  expect((await judge(onlyWomen)).evidence.subgroups).toMatchObject([{ subgroup: 'women', rows: 400 }]);
});

test('a version whose decisions are significantly worse at its declared threshold is refused', async () => {
  // above one half everywhere in both; only the champion tells the classes apart at 0.8
  const champion = (_i: number, target: number) => (target === 1 ? 0.9 : 0.55);
  await registry.promote(await publish(champion));
  expect((await judge(await publish(champion, 0.8))).accepted).toBe(true);
  const challenger = (_i: number, target: number) => (target === 1 ? 0.79 : 0.3);
  expect((await judge(await publish(challenger, 0.5))).accepted).toBe(true);
  const verdict = await judge(await publish(challenger, 0.8));
  expect(verdict.reasons).toEqual([
    expect.stringMatching(
      /^its decisions are significantly worse than those of 1-\w{7}: at the declared threshold, 0\.8, its net benefit is 0\.5000 lower \(95 % interval −0\.5\d{3} to −0\.4\d{3}, 400 rows\)$/,
    ),
  ]);
  expect(verdict.evidence.decision).toMatchObject({ threshold: 0.8, difference: -0.5, rows: 400 });
});

const judged = (prediction: number) => ({ prediction, square: prediction ** 2 });

/** Pairs whose challenger loses `loss` on the average in each subgroup, give or take. */
const pairsOf = (losses: readonly number[], rows: number): Pair[] =>
  losses.flatMap((loss, subgroup) =>
    Array.from({ length: rows }, (_, i) => ({
      target: 0,
      challenger: judged(Math.sqrt(0.25 + loss + 0.2 * (i % 2 ? 1 : -1))),
      other: judged(0.5),
      subgroups: [subgroup],
    })),
  );

test('of many subgroups one that looks worse by chance is not enough: Holm', () => {
  const subgroups = (count: number) => Array.from({ length: count }, (_, i) => text(`group ${i}`));
  const losses = [0.045, ...new Array<number>(9).fill(0)];
  const worse = (count: number) =>
    compareSubgroups({ pairs: pairsOf(losses.slice(0, count), 100), subgroups: subgroups(count) }, 1)
      .filter((each) => each.worse)
      .map(({ subgroup }) => subgroup);
  expect(worse(1)).toEqual(['group 0']);
  expect(worse(10)).toEqual([]);
});

test.each([
  ['just significant', [0.0395], [true]],
  ['just not significant', [0.0392], [false]],
  ['the second after a first with half its probability', [0.0413, 0.0469], [true, true]],
  ['both in the other order', [0.0469, 0.0413], [true, true]],
  ['neither, as the first is above half the level', [0.0413, 0.044], [false, false]],
  ['only the first, as the second is above the level', [0.0392, 0.0469], [false, true]],
])('subgroups that are worse: %s', (_, losses, worse) => {
  const subgroups = losses.map((_, i) => text(`group ${i}`));
  const compared = compareSubgroups({ pairs: pairsOf(losses, 100), subgroups }, 1);
  expect(compared.map((each) => each.worse)).toEqual(worse);
});

test('a subgroup is compared from 50 rows on, its squared errors on the given scale', () => {
  const compared = (rows: number, scale: number) =>
    compareSubgroups({ pairs: pairsOf([0.2], rows), subgroups: [text('all')] }, scale);
  expect(compared(49, 1)).toEqual([]);
  expect(compared(50, 1)).toHaveLength(1);
  expect(compared(50, 2)[0].loss).toBeCloseTo(0.1, 12);
});

test('where all rows of a subgroup have one loss, any loss is significant', () => {
  const worse = (prediction: number) => {
    const pair = { target: 0, challenger: judged(prediction), other: judged(0.5), subgroups: [0] };
    const pairs = Array.from({ length: 50 }, () => pair);
    return compareSubgroups({ pairs, subgroups: [text('all')] }, 1)[0].worse;
  };
  expect([0.25, 0.5, 0.75].map(worse)).toEqual([false, false, true]);
});

test.each([
  [0, 0.5],
  [1.959963984540054, 0.025],
  [-1.2815515655446004, 0.9],
  [0.5, 0.3085375387259869],
  [-0.5, 0.6914624612740131],
  [4, 3.167124183311986e-5],
])('above %d is %d of the standard normal distribution', (z, share) => {
  expect(Math.abs(upperTail(z) / share - 1)).toBeLessThan(1.2e-7);
});

test.each([
  ['a positive that only the challenger calls', 1, 0.3, 0.1, 1],
  ['a negative that only the challenger calls', 0, 0.3, 0.1, -0.25],
  ['a positive that only the other calls', 1, 0.1, 0.3, -1],
  ['a negative that only the other calls', 0, 0.1, 0.3, 0.25],
  ['a positive that both call', 1, 0.3, 0.9, 0],
  ['a negative that neither calls', 0, 0.1, 0.15, 0],
  ['a probability of exactly the threshold is called', 1, 0.2, 0.1, 1],
])('net benefit at 0.2: %s', (_, target, challenger, other, difference) => {
  const pair = { target, challenger: judged(challenger), other: judged(other), subgroups: [] };
  expect(compareDecisions([pair], 0.2).difference).toBeCloseTo(difference, 12);
});

test('weights count in the comparison of decisions', () => {
  const pair = { target: 1, challenger: judged(0.9), other: judged(0.1), subgroups: [] };
  const pairs = [pair, pair, { ...pair, challenger: judged(0.1), weight: 2 }];
  expect(compareDecisions(pairs, 0.5)).toMatchObject({ rows: 3, difference: 0.5 });
});

test('the same decisions do not differ', () => {
  const pairs = pairsOf([0.1], 60).map((pair) => ({ ...pair, other: pair.challenger }));
  expect(compareDecisions(pairs, 0.3)).toEqual({ threshold: 0.3, rows: 60, difference: 0, low: 0, high: 0 });
});

test('retrained versions are compared within the subgroups of the data package', async () => {
  const table = await heartTable();
  const { manifest } = tinyArtifact((draft) => {
    draft.features = [{ column: 'age' }];
    draft.engine = {
      ...draft.engine,
      name: 'ml-random-forest',
      options: { minNumSamples: 20, maxDepth: 3, trees: 5 },
    };
  });
  if (!manifest.evaluation) throw new Error('the tiny model is evaluated');
  const version = { ...manifest, evaluation: manifest.evaluation };
  const { paired } = compareRecipes(version, version, table, () => {});
  const women = paired.subgroups.findIndex(({ en }) => en === 'Female');
  expect(paired.pairs.filter(({ subgroups }) => subgroups.includes(women))).toHaveLength(97);
});
