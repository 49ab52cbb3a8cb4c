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
async function publish(of: (i: number, target: number) => number, threshold?: number): Promise<string> {
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
        subgroups: [i % 2],
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

test('a version whose decisions are significantly worse at its declared threshold is refused', async () => {
  // above one half everywhere in both; only the champion tells the classes apart at 0.8
  await registry.promote(await publish((_i, target) => (target === 1 ? 0.9 : 0.55)));
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
  const few = { pairs: pairsOf([0.2], 49), subgroups: subgroups(1) };
  expect(compareSubgroups(few, 1)).toEqual([]);
});

test.each([
  [0, 0.5],
  [1.959963984540054, 0.025],
  [-1.2815515655446004, 0.9],
  [4, 3.167124183311986e-5],
])('above %d is %d of the standard normal distribution', (z, share) => {
  expect(Math.abs(upperTail(z) / share - 1)).toBeLessThan(1.2e-7);
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
