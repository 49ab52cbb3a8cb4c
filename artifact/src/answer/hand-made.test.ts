import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answers, filesOf, recorded } from '../../testing/format2/files.ts';
import { handMadeModels } from '../../testing/format2/models.ts';
import type { Row } from '../columns/columns.ts';
import { explainAnswer } from '../explain/explain-answer.ts';
import { decodeAnswer, decodeForest, encodeAnswer } from '../forest/trees.ts';
import type { Model } from '../model.ts';
import { readModel } from '../store/index.ts';
import { readAnswer } from './predictor.ts';
import { createScores } from './scores.ts';
import { outputsOf } from './targets.ts';

const models = handMadeModels();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'by-hand-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the recorded answers are those of the models', () => {
  expect(recorded.map(({ about }) => about)).toEqual(models.map(({ about }) => about));
});

describe.each(models.map((model, i) => ({ ...model, answers: recorded[i].answers })))('$about', (made) => {
  const isFloat32 = made.manifest.answer.precision === 'float32';
  let model: Model;
  let trees: ReturnType<typeof decodeAnswer>;

  beforeAll(async () => {
    const { version, files } = filesOf(made, made.answers);
    await mkdir(join(folder, version));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, version, name), bytes);
    model = await readModel(join(folder, version));
    const spread = files['spread.safetensors'];
    trees = {
      ...decodeAnswer(
        files['forest.safetensors'],
        outputsOf(model.manifest.target),
        model.manifest.features.length,
      ),
      ...(spread && { spread: decodeForest(spread) }),
    };
  });

  const flat = ({
    answer,
    outputs = [answer],
    interval,
    mean,
    set,
  }: ReturnType<Model['predict']>): number[] => [
    ...outputs,
    ...(interval ? [interval.low, interval.high] : []),
    ...(mean ? [mean.low, mean.high] : []),
    ...(set ? outputs.map((_, k) => Number(set.includes(k))) : []),
  ];

  function expectAnswers(ours: readonly number[], theirs: Answers): void {
    expect(ours.length).toBe(theirs.length);
    for (const [k, value] of ours.entries()) {
      if (isFloat32) expect(value).toBe(theirs[k]);
      else expect(Math.abs(value - theirs[k])).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(theirs[k])));
    }
  }

  test('each row is answered as another reader answers it', () => {
    for (const [i, row] of made.rows.entries()) {
      expect(model.check(row, '')).toEqual([]);
      expectAnswers(flat(model.predict(row)), made.answers[i]);
    }
  });

  test('packed trees, the plain walk, batches and tables have the same bits', () => {
    const plain = readAnswer(model.manifest, trees);
    const width = model.manifest.columns.length;
    const rows = Array.from({ length: 400 }, (_, i) => made.rows[i % made.rows.length]);
    const cells = new Float64Array(rows.length * width);
    for (const [i, row] of rows.entries()) model.writeCells(row, cells, i * width);
    const { answer, outputs = answer, low, high, meanLow, meanHigh, sets } = model.predictCells(cells);
    const K = outputs.length / rows.length;
    for (const [i, row] of rows.entries()) {
      const expected = flat(plain(row));
      const interval = low && high ? [low[i], high[i]] : [];
      const mean = meanLow && meanHigh ? [meanLow[i], meanHigh[i]] : [];
      const set = sets?.subarray(i * K, (i + 1) * K) ?? [];
      expect([...outputs.subarray(i * K, (i + 1) * K), ...interval, ...mean, ...set]).toEqual(expected);
      expect(flat(model.predict(row))).toEqual(expected);
    }
  });

  test('contributions add up to the score of each output', () => {
    const { manifest } = model;
    const K = outputsOf(manifest.target);
    const scores = new Float64Array(K);
    const cells = new Float64Array(manifest.columns.length);
    const compute = createScores(manifest, trees, undefined);
    for (let k = 0; k < K; k++) {
      const explain = explainAnswer(manifest, trees, k);
      for (const row of made.rows as Row[]) {
        model.writeCells(row, cells, 0);
        compute(cells, scores);
        const { base, values } = explain(row);
        const sum = Object.values(values).reduce((total, value) => total + value, base);
        // in float32 every sum of the score is rounded, and those of the contributions are not
        expect(Math.abs(sum - scores[k])).toBeLessThan(isFloat32 ? 1e-5 : 1e-12 * Math.max(1, Math.abs(sum)));
      }
    }
  });

  test('its trees file is read as it was written', () => {
    const again = decodeAnswer(
      encodeAnswer(trees),
      outputsOf(model.manifest.target),
      model.manifest.features.length,
    );
    expect(again).toEqual({ ...trees, spread: undefined });
  });
});
