import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDesign,
  type Design,
  inferPackage,
  publishable,
  readPackage,
  readTable,
} from '@hearth/training';

export const tableNames = ['heart', 'is A'] as const;
export type TableName = (typeof tableNames)[number];

/** A table of a binary target, the learner that `hearth train` chooses for it, and the rows that are held out. */
export interface RegretTable {
  /** @param columns names of the only columns that a model is made of; all if left out */
  designOf(columns?: readonly string[]): Design;
  learner: 'additive' | 'gbdt';
  splits: { train: Int32Array; test: Int32Array }[];
  /** The most that the mean and the worst regret should be. */
  aims: { mean: number; worst: number };
}

const heart = join(import.meta.dirname, '../../data/heart/datapackage.json');
const tables = join(import.meta.dirname, '../tables');

export async function openTable(name: TableName): Promise<RegretTable> {
  if (name === 'heart') {
    const table = await readTable(await readPackage(heart));
    const rows = Int32Array.from(table.target.keys());
    return {
      designOf: (columns) => createDesign(table, columns),
      learner: 'additive',
      splits: Array.from({ length: folds }, (_, fold) => ({
        train: rows.filter((row) => row % folds !== fold),
        test: rows.filter((row) => row % folds === fold),
      })),
      aims: { mean: 0.002, worst: 0.015 },
    };
  }
  const { draft } = await inferPackage(await lettersFile(), { target: 'isA' });
  const table = await readTable(publishable(draft));
  const rows = Int32Array.from(table.target.keys());
  return {
    designOf: (columns) => createDesign(table, columns),
    learner: 'gbdt',
    splits: [{ train: rows.subarray(0, trainingLetters), test: rows.subarray(trainingLetters) }],
    aims: { mean: 0.002, worst: 0.005 },
  };
}

const folds = 5;
const trainingLetters = 15_000;

/** LetterRecognition of R's mlbench, with whether the letter is an A; its rows are in random order. */
async function lettersFile(): Promise<string> {
  const folder = join(tables, '.hearth/csv');
  const letters = join(folder, 'LetterRecognition.csv');
  const file = join(folder, 'is-a.csv');
  if (existsSync(file)) return file;
  if (!existsSync(letters)) execFileSync('Rscript', [join(tables, 'export.R'), folder], { stdio: 'inherit' });
  const [header, ...lines] = (await readFile(letters, 'utf8')).trim().split('\n');
  const names = header.split(',').slice(1);
  const made = lines.map((line) => {
    const [letter, ...numbers] = line.split(',');
    return [...numbers, letter === '"A"' ? 1 : 0].join(',');
  });
  await writeFile(file, `${[...names, 'isA'].join(',')}\n${made.join('\n')}\n`);
  return file;
}
