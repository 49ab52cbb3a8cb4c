import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModel, decodeForest, type Model } from '@hearth/artifact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { categoryField, numberField, useToys } from '../../testing/made-up-package.ts';
import { predictFile } from '../../testing/text-tables.ts';
import { readPackage } from '../data/package.ts';
import { readTable } from '../data/table.ts';
import { train } from '../pipeline/train.ts';
import { createRandom } from '../random.ts';

const toy = useToys();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-predict-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A model of scores of which 9 is a code and says more than the others, and of grades. */
async function learn(): Promise<{ model: Model; csv: string }> {
  const random = createRandom(1);
  const path = await toy({
    fields: [
      numberField('score', { missingValues: ['', '9', 'NR'] }),
      numberField('grade', { constraints: { minimum: 1, maximum: 5, enum: [1, 3, 5] } }),
      categoryField('c', ['a', 'b']),
    ],
    lines: Array.from({ length: 100 }, () => {
      const score = random.below(8);
      const isCode = random.uniform() < 0.3;
      const chance = isCode ? 0.9 : score / 10;
      const cells = [isCode ? 9 : score, [1, 3, 5][random.below(3)], 'ab'[random.below(2)]];
      return [...cells, Number(random.uniform() < chance)].join();
    }),
  });
  const table = await readTable(await readPackage(path));
  const silent = { start: () => () => {} };
  const { artifact } = await train(table, { engine: 'boosted', seed: 1, folds: 2, repeats: 1 }, silent);
  const forest = decodeForest(artifact.files['forest.safetensors']);
  const spread = decodeForest(artifact.files['spread.safetensors']);
  return { model: createModel(artifact.manifest, { forest, spread }, 'new'), csv: join(path, '../t.csv') };
}

async function predict(model: Model, text: string): Promise<string[]> {
  const path = join(folder, 'asked.csv');
  await writeFile(path, text);
  return linesOf(path, model);
}

/** The lines behind the header, without the column of errors. */
async function linesOf(path: string, model: Model): Promise<string[]> {
  const text = await predictFile(path, model);
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => line.replace(/,$/, ''));
}

test('a table is answered by the codes and values that it was learned by', async () => {
  const { model, csv } = await learn();
  expect(await linesOf(csv, model)).toHaveLength(100);

  const answers = (await predict(model, 'score,grade,c\n9,1,a\n,1,a\n9.0,1,a\nNR,1,a\n6,1,a\n')).map((line) =>
    line.split(',').slice(3).join(),
  );
  expect(new Set(answers.slice(0, 4)).size).toBe(1);
  expect(answers[4]).not.toBe(answers[0]);
  const { answer, interval } = model.predict({ score: 9, grade: 1, c: 'a' });
  expect(answers[0]).toBe([answer, interval?.low, interval?.high].join());

  await expect(predict(model, 'score,grade\n8,2\n9,3\nNA,5\n')).rejects.toThrow(
    /line 2, column "grade": "2" is not one of the values; .*\n.*line 4, column "score": "NA" is NA: leave/,
  );
  await expect(predict(model, 'score\n9007199254740993\n')).rejects.toThrow('beyond 2^53 - 1');
});
