import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Evaluated, isEvaluated, type Model, outputsOf } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import { openRegistry, type Registry } from '@hearth/artifact/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ToyDraft, writeToy } from '../../testing/made-up-package.ts';
import { readTable, type Table } from '../data/table.ts';
import { judgeVersion } from '../gate/gate.ts';
import { compareRecipes } from '../gate/refit.ts';
import type { Progress } from '../progress.ts';
import { createRandom } from '../random.ts';
import { renderReport } from '../report/index.ts';
import type { SourceTable } from '../sources/index.ts';
import { evaluateTable } from './evaluate-table.ts';
import { readPublishable } from './publishable.ts';
import { type TrainOptions, train } from './train.ts';

const silent: Progress = { start: () => () => {} };
const quick: TrainOptions = { engine: 'auto', seed: 1, folds: 2, repeats: 1 };
const names = ['low', 'middle', 'high'];

/** 120 rows of three classes, which depend on x, with missing values. */
function threeClasses({ fields, rows }: ToyDraft) {
  const random = createRandom(5);
  Object.assign(fields.y, { type: 'string', constraints: { enum: names } });
  const drawn = Array.from({ length: 120 }, () => {
    const x = random.below(101);
    const y = random.uniform() < 0.15 ? random.below(3) : Math.floor(x / 34);
    return [random.uniform() < 0.1 ? '' : String(x), 'abc'[random.below(3)], names[y]];
  });
  rows.splice(0, rows.length, ...drawn);
}

async function tableOf(change: (toy: ToyDraft) => void): Promise<Table> {
  const { data, remove } = await writeToy(change);
  const described = await readPublishable(data);
  const table = await readTable(described).finally(remove);
  return table;
}

let table: Table;
let folder: string;
let registry: Registry;
const models: Record<string, Model> = {};
let manifest: Evaluated;

beforeAll(async () => {
  table = await tableOf(threeClasses);
  folder = await mkdtemp(join(tmpdir(), 'classes-'));
  registry = openRegistry(join(folder, 'toy'));
  const publish = async (engine: TrainOptions['engine']) => {
    const { artifact } = await train(table, { ...quick, engine }, silent);
    models[artifact.manifest.engine.name] = await registry.load((await registry.publish(artifact)).version);
    return artifact.manifest;
  };
  manifest = await publish('auto');
  await publish(manifest.engine.name === 'forest' ? 'softmax' : 'forest');
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

test('forest, boosted trees and softmax regression are compared by the Brier score, with the shares of the classes as reference', async () => {
  const { evaluation, target, data } = manifest;
  if (evaluation.kind !== 'classes') throw new Error('the toy has classes');
  expect(target).toMatchObject({ type: 'classes', classes: names.map((value) => ({ value })) });
  expect(data.classes).toEqual(names.map((_, k) => table.target.filter((y) => y === k).length));
  expect(['forest', 'gbdt', 'softmax']).toContain(manifest.engine.name);
  expect(evaluation.references.map(({ name }) => name).sort()).toContain('base-rate');
  expect(evaluation.references).toHaveLength(3);
  const [, , shares] = evaluation.references;
  expect(evaluation.model.brier.mean).toBeLessThan(0.75 * shares.scores.brier.mean);
  expect(evaluation.confusion.flat().reduce((a, b) => a + b)).toBe(120);
  expect(evaluation.importance?.[0].column).toBe('x');
  expect(evaluation.outOfFold[0].predictions).toHaveLength(3);
});

test.each(['forest', 'softmax'])(
  '%s: probabilities add up to 1, and contributions to each score',
  (engine) => {
    const model = models[engine];
    for (const row of [{}, { x: 5 }, { x: 50, c: 'a' }, { c: 'b' }]) {
      const { outputs = [] } = model.predict(row);
      expect(outputs.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      const scores = names.map((_, k) => {
        const { base, values } = model.explain(row, k);
        return Object.values(values).reduce((sum, value) => sum + value, base);
      });
      const exps = scores.map(Math.exp);
      const sum = exps.reduce((a, b) => a + b);
      for (const [k, p] of outputs.entries()) {
        expect(engine === 'forest' ? scores[k] : exps[k] / sum).toBeCloseTo(p, 9);
      }
    }
    const [low, , high] = model.predict({ x: 5, c: 'a' }).outputs ?? [];
    expect(low).toBeGreaterThan(0.6);
    expect(high).toBeLessThan(0.3);
  },
);

test('the gate compares two versions on the same rows, and retrains their recipes', async () => {
  const [forest, softmax] = [models.forest, models.softmax];
  await registry.promote(forest.version);
  const verdict = await judgeVersion(registry, softmax.version, async () => {
    throw new Error('they were trained on the same rows');
  });
  const { champion, broken } = verdict.evidence;
  expect(broken).toEqual([]);
  expect(champion?.rows).toBe(120);
  const evaluated = ({ manifest }: Model): Evaluated => {
    if (!isEvaluated(manifest)) throw new Error('it is evaluated');
    return manifest;
  };
  const half = (model: Model) =>
    (evaluated(model).evaluation.model as { brier: { mean: number } }).brier.mean / 2;
  expect(champion?.loss).toBeCloseTo(half(softmax) - half(forest), 9);
  const refit = compareRecipes(evaluated(softmax), evaluated(forest), table, () => {});
  expect(refit.rows).toBe(120);
  expect(Math.abs(refit.loss - (champion?.loss ?? 0))).toBeLessThan(0.05);
});

test('card and report show the classes', async () => {
  const card = renderCard(manifest, { version: '1-0000000' });
  expect(card).toContain('the probability of each class of it (`y`): `low`, `middle`, `high`.');
  expect(card).toContain('| `low` |');
  const report = renderReport({ manifest, candidates: [], learningCurve: [], warnings: [], seconds: 1 });
  expect(report).toContain('Which classes are confused');
  expect(report.match(/Reliability diagram of the class/g)).toHaveLength(outputsOf(manifest.target));
});

test('classes that are not declared are those of the rows, sorted', async () => {
  const { classes, target } = await tableOf((toy) => {
    threeClasses(toy);
    Object.assign(toy.fields.y, { constraints: {} });
  });
  expect(classes?.map(({ value }) => value)).toEqual(['high', 'low', 'middle']);
  expect(new Set(target)).toEqual(new Set([0, 1, 2]));
});

test('integers with categories are classes', async () => {
  const { classes } = await tableOf((toy) => {
    threeClasses(toy);
    for (const row of toy.rows) row[2] = String(names.indexOf(row[2]) + 1);
    const categories = names.map((label, k) => ({ value: k + 1, label }));
    Object.assign(toy.fields.y, { type: 'integer', constraints: {}, categories });
  });
  expect(classes).toEqual(names.map((en, k) => ({ value: String(k + 1), label: { en } })));
});

test.each<[string, (toy: ToyDraft) => void, string]>([
  [
    'a class with one row',
    ({ rows }) => rows.push(['3', 'a', 'extra']),
    '"y" is "extra" in 1 row, and a class needs at least 2',
  ],
  [
    'a class that no row has',
    ({ fields }) => Object.assign(fields.y, { constraints: { enum: [...names, 'other'] } }),
    '"y" is "other" in 0 rows',
  ],
  [
    'more than a hundred classes',
    ({ rows }) =>
      rows.splice(0, rows.length, ...Array.from({ length: 202 }, (_, i) => ['1', 'a', `k${i % 101}`])),
    '"y" has 101 values; at most 100 classes can be learned',
  ],
])('%s is refused', async (_, change, message) => {
  const made = tableOf((toy) => {
    threeClasses(toy);
    Object.assign(toy.fields.y, { constraints: {} });
    change(toy);
  });
  await expect(made).rejects.toThrow(message);
});

test('a learner of one number is refused, and named', async () => {
  const made = train(table, { ...quick, engine: 'additive' }, silent);
  await expect(made).rejects.toThrow('additive cannot learn the target "y"; forest, gbdt, softmax can');
});

test('a prediction set holds the class of 90 % of the rows, with all columns and with some, and has more classes with fewer columns', () => {
  if (manifest.evaluation.kind !== 'classes') throw new Error(manifest.evaluation.kind);
  const { coverage = [] } = manifest.evaluation;
  expect(coverage.length).toBeGreaterThan(1);
  for (const { rows, covered } of coverage)
    expect(covered / rows).toBeGreaterThan(0.9 - 2.576 * Math.sqrt(0.09 / rows));
  expect(coverage.at(-1)?.width).toBeLessThan(coverage[0].width);
  for (const model of Object.values(models)) {
    for (const row of [{}, { x: 3 }, table.inputs[0]]) {
      const { set = [], outputs = [] } = model.predict(row);
      expect(set).toContain(outputs.indexOf(Math.max(...outputs)));
    }
  }
  expect(renderCard(manifest, { version: '1-0000000' })).toContain('## Prediction sets');
});

test('a version is scored on other rows, and the card shows which classes are mistaken there', async () => {
  const lines = Array.from({ length: 60 }, (_, i) => ({
    place: i + 2,
    cells: [String((i * 17) % 101), 'abc'[i % 3], names[Math.floor(((i * 17) % 101) / 34)]],
  }));
  const source: SourceTable = {
    path: 'elsewhere.csv',
    unit: 'line',
    columns: ['x', 'c', 'y'].map((name) => ({ name })),
    decimal: '.',
    notes: [],
    sha256: 'a'.repeat(64),
    rows: [...lines, { place: 62, cells: ['x', 'a', 'low'] }, { place: 63, cells: ['1', 'a', ''] }],
  };
  const model = models[manifest.engine.name];
  const named = { name: 'Elsewhere', date: '2026-03-31' };
  const { figures, faults } = evaluateTable(source, model, named);
  if (figures.kind !== 'classes') throw new Error('they are of classes');
  expect(faults).toEqual([
    expect.stringMatching(/^elsewhere\.csv, line 62, column "x": "x" is not a number; /),
  ]);
  expect(figures).toMatchObject({ rows: 60, leftOut: { withoutTarget: 1, notAllowed: 1 } });
  const right = lines.filter(({ cells: [x, c, y] }) => {
    const { outputs = [] } = model.predict({ x: Number(x), c });
    return names[outputs.indexOf(Math.max(...outputs))] === y;
  });
  expect(figures.scores.accuracy.mean).toBeCloseTo(right.length / 60, 12);
  expect(figures.confusion.flat().reduce((a, b) => a + b)).toBe(60);

  const { version } = model;
  await registry.addEvaluation(version, figures);
  const card = renderCard(manifest, { version, ...(await registry.evaluations(version)) });
  expect(card).toMatch(
    /### Elsewhere[\s\S]*\| Accuracy \|[\s\S]*most often mistaken for[\s\S]*Class `high`:/,
  );
  const other = { ...source, rows: source.rows.map((row) => ({ ...row, cells: row.cells.with(2, 'hihg') })) };
  expect(() => evaluateTable(other, model, named)).toThrow(
    'line 2, the target "y": "hihg" is not one of the categories; did you mean "high"?',
  );
});
