import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { bareArtifact, tinyArtifact } from '@hearth/artifact/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { judgeVersion, type Refit } from './gate.ts';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-gate-'));
  registry = openRegistry(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const noRefit: Refit = () => {
  throw new Error('unexpected retraining');
};

const random = createRandom(8);
const patients = Array.from({ length: 300 }, (_, row) => ({
  row: `row-${row}`,
  target: row % 2,
  noise: random.uniform() - 0.5,
}));

/** Publishes a version whose predictions are off by `error`, give or take `jitter`. */
async function publish(
  error: number,
  jitter = 0,
  change: {
    sha256?: string;
    seed?: number;
    from?: number;
    rows?: number;
    broken?: boolean;
    groups?: string;
  } = {},
): Promise<string> {
  const artifact = tinyArtifact((draft) => {
    if (draft.evaluation.kind !== 'chance') throw new Error('the tiny model predicts a probability');
    draft.evaluation.outOfFold = patients.slice(change.from, change.rows).map(({ row, target, noise }) => {
      const off = error + jitter * noise;
      return { row, target, prediction: target === 1 ? 1 - off : off };
    });
    draft.data.sha256 = change.sha256 ?? draft.data.sha256;
    if (change.groups) draft.data.groups = change.groups;
    draft.engine.seed = change.seed ?? 1;
    if (change.broken) Object.assign(draft.columns[0], { monotone: 'decreasing' });
  });
  return (await registry.publish(artifact)).version;
}

const judge = (version: string, refit = noRefit) => judgeVersion(registry, version, refit);

test('the first sound version passes', async () => {
  const version = await publish(0.3);
  expect(await judge(version)).toEqual({ version, accepted: true, reasons: [], evidence: { broken: [] } });
});

const publishBare = async () => (await registry.publish(bareArtifact())).version;

test('the first version that was trained passes without an evaluation', async () => {
  expect((await judge(await publishBare())).reasons).toEqual([]);
});

test('what is not evaluated cannot be compared, and is refused', async () => {
  const evaluated = await publish(0.3);
  const bare = await publishBare();
  for (const [challenger, champion] of [
    [bare, evaluated],
    [evaluated, bare],
  ]) {
    await registry.promote(champion);
    const { reasons, evidence } = await judge(challenger);
    expect(reasons).toEqual([
      `it cannot be compared with ${champion}: ${bare} is not evaluated; compare both on a table with the target: --on FILE`,
    ]);
    expect(evidence.champion).toBeUndefined();
  }
});

/** The registry, where this version has several classes as its target. */
const withClasses = (wanted: string): Registry => ({
  ...registry,
  async load(version) {
    const model = await registry.load(version);
    if (version !== wanted) return model;
    const classes = [{ value: '0' }, { value: '1' }];
    return {
      ...model,
      manifest: { ...model.manifest, target: { name: 'kind', type: 'classes', classes } },
    };
  },
});

test('a version with several classes cannot be compared with one that answers one number', async () => {
  const champion = await publish(0.3);
  await registry.promote(champion);
  const version = await publish(0.2);
  expect((await judgeVersion(withClasses(champion), version, noRefit)).reasons).toEqual([
    `it cannot be compared with ${champion}: its target has the type binary, that of ${champion} classes`,
  ]);
  const { reasons, evidence } = await judgeVersion(withClasses(version), version, noRefit);
  expect(reasons).toContain(
    `it cannot be compared with ${champion}: its target has the type classes, that of ${champion} binary`,
  );
  expect(evidence.best).toBeUndefined();
});

/** The registry, where every version answers with a number: all of them, or only the one wanted, with quantiles. */
const withQuantiles = (wanted?: string): Registry => ({
  ...registry,
  async load(version) {
    const model = await registry.load(version);
    const number = { name: 'age', type: 'numeric' } as const;
    if (wanted !== undefined && version !== wanted)
      return { ...model, manifest: { ...model.manifest, target: number } };
    const { evaluation } = model.manifest;
    for (const each of evaluation?.outOfFold ?? [])
      each.predictions = [each.prediction - 0.1, each.prediction + 0.1];
    return { ...model, manifest: { ...model.manifest, target: { ...number, quantiles: [0.1, 0.9] } } };
  },
});

test('quantiles are judged by their pinball loss, and the reasons say so', async () => {
  await registry.promote(await publish(0.3));
  const verdict = await judgeVersion(withQuantiles(), await publish(0.5), noRefit);
  expect(verdict).toMatchObject({ accepted: false, error: 'pinball loss' });
  expect(verdict.reasons).toEqual([
    expect.stringMatching(/^it is significantly worse than 1-\w{7}: its pinball loss is 0\.\d{4} higher /),
    expect.stringMatching(/^its pinball loss is 0\.\d{4} higher than that of 1-\w{7}, the best version/),
  ]);
});

test('quantiles cannot be compared with one number, and losses of quantiles that are not numbers are refused', async () => {
  const champion = await publish(0.3);
  await registry.promote(champion);
  const version = await publish(0.3, 0, { from: 280 });
  expect((await judgeVersion(withQuantiles(champion), version, noRefit)).reasons).toEqual([
    `it cannot be compared with ${champion}: it answers with no quantiles, ${champion} with the quantiles 0.1, 0.9`,
  ]);
  expect((await judgeVersion(withQuantiles(version), version, noRefit)).reasons).toEqual([
    `it cannot be compared with ${champion}: it answers with the quantiles 0.1, 0.9, ${champion} with no quantiles`,
  ]);
  const nan = Number.NaN;
  const loss = { rows: 0, challenger: nan, other: nan, loss: nan, low: nan, high: nan };
  const other = await publish(0.3, 0, { sha256: 'f'.repeat(64) });
  const { reasons } = await judgeVersion(withQuantiles(), other, async () => loss);
  expect(reasons).toEqual([
    `it cannot be compared with ${champion}: the difference of their pinball losses on 0 rows is not a number`,
  ]);
});

test('a promoted version with several classes, or one that is not evaluated, is not the best one', async () => {
  const other = await publish(0.1);
  await registry.promote(other);
  await registry.promote(await publishBare(), { reason: 'forced' });
  await registry.promote(await publish(0.3, 0, { seed: 2 }), { reason: 'forced' });
  const { accepted, evidence } = await judgeVersion(
    withClasses(other),
    await publish(0.3, 0, { seed: 3 }),
    noRefit,
  );
  expect(accepted).toBe(true);
  expect(evidence.best?.loss).toBe(0);
});

test('a better version passes, and the evidence shows by how much', async () => {
  await registry.promote(await publish(0.3));
  const verdict = await judge(await publish(0.28));
  expect(verdict).toMatchObject({ accepted: true, reasons: [] });
  expect(verdict.evidence.champion).toMatchObject({ rows: 300, by: 'out-of-fold' });
  expect(verdict.evidence.champion?.challenger).toBeCloseTo(0.28 ** 2, 10);
  expect(verdict.evidence.champion?.loss).toBeCloseTo(0.28 ** 2 - 0.3 ** 2, 10);
  expect(Object.keys(verdict.evidence)).toEqual(['broken', 'champion', 'best']); // no threshold, no subgroups
});

test('a significantly worse version is refused, however small the loss', async () => {
  const champion = await publish(0.3);
  await registry.promote(champion);
  const verdict = await judge(await publish(0.3005));
  expect(verdict.accepted).toBe(false);
  expect(verdict.reasons[0]).toMatch(
    /^it is significantly worse than 1-\w{7}: its mean squared error is 0\.0003 higher \(95 % interval \+0\.0003 to \+0\.0003, 300 rows\)$/,
  );
});

/** The error that with this jitter makes the mean squared error `square`. */
function errorFor(square: number, jitter: number): number {
  const mean = patients.reduce((sum, { noise }) => sum + noise, 0) / patients.length;
  const squares = patients.reduce((sum, { noise }) => sum + noise ** 2, 0) / patients.length;
  return -jitter * mean + Math.sqrt((jitter * mean) ** 2 - jitter ** 2 * squares + square);
}

test.each([
  [0.00199, true],
  [0.00201, false],
])('a loss of %d that is not significant: passes %s', async (loss, accepted) => {
  await registry.promote(await publish(0.3));
  const verdict = await judge(await publish(errorFor(0.09 + loss, 0.4), 0.4));
  expect(verdict.evidence.champion?.loss).toBeCloseTo(loss, 10);
  expect(verdict.evidence.champion?.low).toBeLessThan(0);
  expect(verdict.accepted).toBe(accepted);
  if (!accepted)
    expect(verdict.reasons).toEqual([
      expect.stringMatching(
        /^it may be worse than 1-\w{7}: its mean squared error is 0\.0020 higher \(95 % interval −0\.\d{4} to \+0\.\d{4}, 300 rows\); at most 0\.002 is accepted$/,
      ),
    ]);
});

test('a version without any loss passes, although its interval has no width', async () => {
  await registry.promote(await publish(0.3));
  expect(await judge(await publish(0.3, 0, { seed: 2 }))).toMatchObject({
    accepted: true,
    evidence: { champion: { loss: 0, low: 0 } },
  });
});

test('small losses cannot add up: a version is also compared with the best one ever promoted', async () => {
  await registry.promote(await publish(0.3));
  await registry.promote(await publish(0.3035), { reason: 'forced' });
  const verdict = await judge(await publish(0.306));
  expect(verdict.evidence.best?.version).toMatch(/^1-/);
  expect(
    verdict.reasons.some((reason) =>
      reason.includes('the best version ever promoted; at most 0.003 is accepted'),
    ),
  ).toBe(true);
});

test.each([
  [0.00295, true],
  [0.00306, false],
])('a loss of %d against the best version ever promoted: passes %s', async (loss, accepted) => {
  const best = await publish(0.3);
  await registry.promote(best);
  await registry.promote(await publish(0.31), { reason: 'forced' });
  const verdict = await judge(await publish(Math.sqrt(0.09 + loss)));
  expect(verdict.evidence.best?.version).toBe(best);
  expect(verdict.evidence.best?.loss).toBeCloseTo(loss, 12);
  expect(verdict.accepted).toBe(accepted);
  if (!accepted)
    expect(verdict.reasons).toEqual([
      `its mean squared error is 0.0031 higher than that of ${best}, the best version ever promoted; at most 0.003 is accepted`,
    ]);
});

test('the best version ever promoted is the one with the greatest loss; of equal ones, the first', async () => {
  const versions = [];
  for (const [error, seed] of [
    [0.35, 1],
    [0.2, 2],
    [0.2, 3],
    [0.3, 4],
  ]) {
    const version = await publish(error, 0, { seed });
    await registry.promote(version, { reason: 'forced' });
    versions.push(version);
  }
  await publish(0.1, 0, { seed: 5 }); // never promoted
  const { evidence } = await judge(await publish(0.3, 0, { seed: 6 }));
  expect(evidence.champion?.loss).toBe(0);
  expect(evidence.best?.version).toBe(versions[1]);
});

test.each([
  [49, true],
  [50, false],
])('with %i rows in common with the best version, the challenger passes: %s', async (rows, accepted) => {
  await registry.promote(await publish(0.1, 0, { rows }));
  await registry.promote(await publish(0.3, 0, { seed: 2 }), { reason: 'forced' });
  const verdict = await judge(await publish(0.3, 0, { seed: 3 }));
  expect(verdict.accepted).toBe(accepted);
  expect(verdict.evidence.best?.loss).toBeCloseTo(accepted ? 0 : 0.08, 12);
});

test('without enough rows in common with any version, there is no best one', async () => {
  await registry.promote(await publish(0.3, 0, { rows: 20 }));
  const verdict = await judge(await publish(0.3, 0, { seed: 2, rows: 20 }));
  expect(verdict.accepted).toBe(true);
  expect(verdict.evidence).not.toHaveProperty('best');
});

test('a version is compared neither with itself nor with a damaged version', async () => {
  const again = await publish(0.3);
  await registry.promote(again);
  const damaged = await publish(0.1, 0, { seed: 2 });
  await registry.promote(damaged);
  await registry.promote(await publish(0.3, 0, { seed: 3 }), { reason: 'forced' });
  await truncate(join(folder, damaged, 'forest.safetensors'), 50);
  const { accepted, evidence } = await judge(again);
  expect(accepted).toBe(true);
  expect(evidence.best?.version).toMatch(/^3-/);
});

test('a version that breaks an invariant is refused, even without a champion', async () => {
  const broken = 'the answer is not decreasing in "age", but the data package declares it';
  const version = await publish(0.3, 0, { broken: true });
  expect(await judge(version)).toEqual({
    version,
    accepted: false,
    reasons: [broken],
    evidence: { broken: [broken] },
  });
});

test('when aliases.json is unusable, the champion is the version that the journal names', async () => {
  const champion = await publish(0.1);
  await registry.promote(champion);
  const version = await publish(0.3);
  await writeFile(join(folder, 'aliases.json'), 'garbage');
  expect(await judge(version)).toMatchObject({ champion, accepted: false });
  await rm(join(folder, 'aliases.json'));
  await mkdir(join(folder, 'aliases.json'));
  expect(await judge(version)).toMatchObject({ champion, accepted: false });
});

test('an I/O error on the champion is thrown, not treated as a missing champion', async () => {
  await registry.promote(await publish(0.1));
  const version = await publish(0.3);
  const load = registry.load;
  const unreadable = {
    ...registry,
    load: async (wanted: string) => (wanted === version ? load(wanted) : fail()),
  };
  await expect(judgeVersion(unreadable, version, noRefit)).rejects.toThrow('EIO');
  function fail(): never {
    throw new Error('EIO: i/o error, read');
  }
});

test('versions whose folds keep other groups together are compared by retraining both', async () => {
  await registry.promote(await publish(0.3));
  let calls = 0;
  const refit: Refit = async () => {
    calls++;
    return { rows: 9, challenger: 0.1, other: 0.2, loss: -0.1, low: -0.2, high: 0 };
  };
  const grouped = await publish(0.3, 0, { groups: 'clinic' });
  expect((await judge(grouped, refit)).evidence.champion?.by).toBe('refit');
  expect(calls).toBe(1);
  await registry.promote(grouped);
  const next = await judge(await publish(0.29, 0, { groups: 'clinic' }));
  expect(next.evidence.champion?.by).toBe('out-of-fold');
  expect(next.evidence.best?.version).toBe(grouped);
});

test('versions trained on different data are compared by retraining both', async () => {
  await registry.promote(await publish(0.3));
  const version = await publish(0.1, 0, { sha256: 'f'.repeat(64) });
  const compared: string[] = [];
  const refit: Refit = async (challenger, champion) => {
    compared.push(challenger.data.sha256[0], champion.data.sha256[0]);
    return { rows: 400, challenger: 0.2, other: 0.19, loss: 0.01, low: 0.005, high: 0.015 };
  };
  const verdict = await judge(version, refit);
  expect(compared).toEqual(['f', '0']);
  expect(verdict.evidence.champion).toEqual({
    by: 'refit',
    rows: 400,
    challenger: 0.2,
    other: 0.19,
    loss: 0.01,
    low: 0.005,
    high: 0.015,
  });
  expect(verdict.accepted).toBe(false);
  expect(verdict.reasons).toEqual([
    expect.stringMatching(
      /^it is significantly worse than 1-\w{7}: its mean squared error is 0\.0100 higher \(95 % interval \+0\.0050 to \+0\.0150, 400 rows\)$/,
    ),
  ]);
});

test.each([
  ['no row', 150, 'refit'],
  ['49 rows', 101, 'refit'],
  ['50 rows', 100, 'out-of-fold'],
])('versions with %s out of fold in common are compared (from row %i: %s)', async (_, from, by) => {
  await registry.promote(await publish(0.3, 0, { rows: 150 }));
  const refit: Refit = async () => ({
    rows: 300,
    challenger: 0.16,
    other: 0.09,
    loss: 0.07,
    low: 0.06,
    high: 0.08,
  });
  const verdict = await judge(await publish(0.4, 0, { from }), refit);
  expect(verdict.evidence.champion?.by).toBe(by);
  expect(verdict.accepted).toBe(false);
});

test('a loss that is not a number is refused', async () => {
  await registry.promote(await publish(0.3, 0, { rows: 150 }));
  const nan = Number.NaN;
  const refit: Refit = async () => ({ rows: 0, challenger: nan, other: nan, loss: nan, low: nan, high: nan });
  const { accepted, reasons } = await judge(await publish(0.1, 0, { from: 150 }), refit);
  expect(accepted).toBe(false);
  expect(reasons).toEqual([
    expect.stringMatching(
      /^it cannot be compared with 1-\w{7}: the difference of their mean squared errors on 0 rows is not a number$/,
    ),
  ]);
});

test('only the invariants of the version in production are tested', async () => {
  const version = await publish(0.3);
  await registry.promote(version);
  expect(await judge(version)).toEqual({
    version,
    champion: version,
    accepted: true,
    reasons: [],
    evidence: { broken: [] },
  });
});

test('when the champion is damaged, a sound version passes', async () => {
  const broken = await publish(0.1);
  await registry.promote(broken);
  await truncate(join(folder, broken, 'forest.safetensors'), 50);
  expect((await judge(await publish(0.3))).accepted).toBe(true);
});
