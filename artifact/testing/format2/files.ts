import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intervalColumns } from '../../src/answer/answer-columns.ts';
import { encodeTensors } from '../../src/forest/safetensors.ts';
import { contentHash, sha256 } from '../../src/manifest/identity.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { tinyDraft } from '../tiny-model.ts';
import { type HandMade, handMadeModels } from './models.ts';

/** The answers to a row: its outputs, the ends of its interval if the model has one, and those of the mean's where that is the outcome's. */
export type Answers = readonly number[];

/** What the reader in Python, which was written from docs/FORMAT.md, answers to the rows of each model: record.ts writes it. */
export const recorded = readFileSync(join(import.meta.dirname, 'answers.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): { about: string; answers: Answers[] } => JSON.parse(line));

const score = { mean: 0.5, sd: 0.01 };
const valueEvaluation = {
  kind: 'value',
  method: { folds: 2, repeats: 1, seed: 1, stratified: false },
  model: { rmse: score, mae: score, r2: score },
  references: [],
  outOfFold: [],
};

const evaluationOf = ({ type, classes }: HandMade['manifest']['target']) => {
  if (type === 'numeric' || type === 'count') return valueEvaluation;
  if (type !== 'classes') return undefined;
  const all = classes as readonly unknown[];
  return {
    ...valueEvaluation,
    kind: 'classes',
    model: { brier: score, logLoss: score, accuracy: score, auc: score },
    classes: all.map(() => ({ auc: score, reliability: [] })),
    confusion: all.map(() => all.map(() => 1)),
  };
};

const text = (en: string) => ({ en, 'pt-BR': en });

const described = (column: HandMade['manifest']['columns'][number]) => ({
  label: text(String(column.name)),
  description: text('A column'),
  group: 'all',
  required: false,
  ...column,
  ...(Array.isArray(column.categories) && {
    categories: column.categories.map(({ value }) => ({ value, label: text(value) })),
  }),
});

/** A hand-made model as the files of a version, and the name of the version. @param answers to its rows, by another reader */
export function filesOf(model: HandMade, answers: readonly Answers[]) {
  const { title, outcome, population, intendedUse, notIntendedUse, groups, engine, data, evaluation } =
    tinyDraft();
  const hasSets = model.manifest.predictionSet !== undefined;
  const ends = intervalColumns(model.manifest.interval as Manifest['interval']).length;
  const numbers = (answers[0]?.length ?? 0) - ends;
  const outputs = hasSets ? numbers / 2 : numbers;
  const files: Record<string, Uint8Array> = { 'forest.safetensors': encodeTensors(model.forest) };
  if (model.spread) files['spread.safetensors'] = encodeTensors(model.spread);
  const manifest = {
    format: 2,
    name: 'by-hand',
    ...(!model.isBare && { title, outcome, population, intendedUse, notIntendedUse, groups }),
    engine,
    data: model.isBare ? { name: data.name, sha256: data.sha256, rows: data.rows } : data,
    ...(!model.isBare && {
      evaluation: evaluationOf(model.manifest.target) ?? evaluation,
    }),
    ...model.manifest,
    columns: model.isBare ? model.manifest.columns : model.manifest.columns.map(described),
    golden: model.rows.slice(0, 12).map((row, i) => ({
      row,
      answer: answers[i][0],
      ...(outputs > 1 && { outputs: answers[i].slice(0, outputs) }),
      ...(model.manifest.interval && {
        interval: { low: answers[i][outputs], high: answers[i][outputs + 1] },
      }),
      ...(hasSets && {
        set: answers[i].slice(outputs).flatMap((isIn, k) => (isIn === 1 ? k : [])),
      }),
      ...(ends > 2 && { mean: { low: answers[i][outputs + 2], high: answers[i][outputs + 3] } }),
    })),
    files: Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.length }]),
    ),
  };
  files['model.json'] = Buffer.from(JSON.stringify(manifest));
  const hash = contentHash(manifest as unknown as Manifest, files['forest.safetensors']);
  return { version: `1-${hash.slice(0, 7)}`, files, sha256: hash };
}

/**
 * The files of the hand-made model whose description begins like this, and its rows with their answers.
 * @param more members of its manifest that change no answer
 */
export function handMade(about: string, more: object = {}) {
  const i = recorded.findIndex((each) => each.about.startsWith(about));
  const made = handMadeModels()[i];
  const model = { ...made, manifest: { ...made.manifest, ...more } };
  return { ...filesOf(model, recorded[i].answers), rows: model.rows, answers: recorded[i].answers };
}
