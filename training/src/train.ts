import { readFileSync } from 'node:fs';
import {
  encodeRow,
  type Feature,
  type Forest,
  type GoldenRow,
  linked,
  rowKey,
  sumLeaves,
} from '@hearth/artifact';
import { type ManifestDraft, type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import { describeColumns } from './data/columns.ts';
import type { Table } from './data/table.ts';
import { flatten, growMlForest, type MlForestOptions } from './engines/ml-random-forest.ts';
import { inputError } from './errors.ts';
import { baseRate, logisticRegression } from './evaluation/baselines.ts';
import { crossValidate, type Recipe, score, scoreChances } from './evaluation/cross-validation.ts';
import { reliability } from './evaluation/scores.ts';
import type { Progress } from './progress.ts';

/** The options among which cross-validation chooses. */
const candidates = [25, 50, 100, 150].flatMap((minNumSamples) =>
  [1, 2, 3].map((maxDepth) => ({ minNumSamples, maxDepth })),
);
/** How much work goes into a model. */
export interface Plan {
  trees: number;
  /** Cross-validation by which the options are chosen, with forests of fewer trees. */
  choice: { trees: number; folds: number; repeats: number };
  /** Cross-validation by which the model is judged, on other seeds. */
  evaluation: { folds: number; repeats: number };
}

export const fullPlan: Plan = {
  trees: 500,
  choice: { trees: 100, folds: 5, repeats: 3 },
  evaluation: { folds: 10, repeats: 10 },
};

export interface TrainOptions {
  /** Columns the model may look at. */
  columns: readonly string[];
  seed: number;
  plan?: Plan;
}

/**
 * Trains the articles' first model, a regression forest of ml-random-forest on numeric columns: chooses its options by
 * cross-validation, evaluates the recipe on other seeds beside the base rate and a logistic regression,
 * and grows it on all rows. The same table, options and seed give the same bytes.
 */
export function train(
  table: Table,
  { columns, seed, plan = fullPlan }: TrainOptions,
  progress: Progress,
): PackedArtifact {
  for (const column of columns) assertUsable(table, column);
  const features: Feature[] = columns.map((column) => ({ column }));
  const x = encodeTable(table, features);
  const rows = x.map((row) => Array.from(row));
  const target = Array.from(table.target);
  const recipe =
    (options: MlForestOptions): Recipe =>
    (train, foldSeed) => {
      const grown = growMlForest(
        Array.from(train, (row) => rows[row]),
        Array.from(train, (row) => target[row]),
        options,
        foldSeed,
      );
      return (row) => grown.predict([rows[row]])[0];
    };

  const options = choose(table, recipe, plan, seed, progress);
  const protocol = { ...plan.evaluation, seed: seed + 1000 };
  const step = progress.start(
    `evaluating ${describeOptions(options)}, ${describeProtocol(protocol)}`,
    protocol.folds * protocol.repeats,
  );
  const outOfFold = crossValidate(recipe(options), table.target, protocol, step);
  const grown = growMlForest(rows, target, options, seed);
  const forest = flatten(grown, rows, target);
  const answer = { base: 0, divisor: plan.trees, link: 'identity' } as const;

  const draft: ManifestDraft = {
    ...describeData(table),
    features,
    answer,
    engine: { name: 'ml-random-forest', version: engineVersion(), options: { ...options }, seed },
    evaluation: {
      kind: 'chance',
      method: { ...protocol, stratified: true },
      model: score(table.target, outOfFold),
      references: [
        {
          name: 'logistic-regression',
          label: { en: 'Logistic regression', 'pt-BR': 'Regressão logística' },
          scores: score(
            table.target,
            crossValidate(logisticRegression(x, table.target), table.target, protocol),
          ),
        },
        {
          name: 'base-rate',
          label: { en: 'Always the base rate', 'pt-BR': 'Sempre a taxa base' },
          scores: scoreChances(table.target, crossValidate(baseRate(table.target), table.target, protocol)),
        },
      ],
      reliability: reliability(table.target, outOfFold[0]),
      outOfFold: table.inputs.map((row, i) => ({
        row: rowKey(row),
        target: target[i],
        prediction: outOfFold[0][i],
      })),
    },
    golden: goldenRows(table, features, forest, answer),
  };
  return packArtifact(draft, { forest });
}

/** @throws InputError for a column that is not there, is not numeric or has missing values. */
function assertUsable({ data, inputs }: Table, column: string): void {
  const field = data.inputs.find(({ name }) => name === column);
  const known = data.inputs.map(({ name }) => name).join(', ');
  if (!field) throw inputError('UNKNOWN_COLUMN', data.path, column, known);
  if (field.type === 'string') throw inputError('NOT_FOR_ENGINE', column, 'it holds categories');
  const missing = inputs.filter((row) => row[column] === null).length;
  if (missing > 0) throw inputError('NOT_FOR_ENGINE', column, `it is missing in ${missing} rows`);
}

function choose(
  table: Table,
  recipe: (options: MlForestOptions) => Recipe,
  { trees, choice }: Plan,
  seed: number,
  progress: Progress,
): MlForestOptions {
  const protocol = { folds: choice.folds, repeats: choice.repeats, seed };
  const step = progress.start(
    `choosing among ${candidates.length} settings, ${describeProtocol(protocol)}`,
    candidates.length * protocol.folds * protocol.repeats,
  );
  const scored = candidates.map((candidate) => {
    const predictions = crossValidate(
      recipe({ ...candidate, trees: choice.trees }),
      table.target,
      protocol,
      step,
    );
    return { candidate, brier: score(table.target, predictions).brier.mean };
  });
  const best = scored.reduce((a, b) => (b.brier < a.brier ? b : a));
  return { ...best.candidate, trees };
}

/** Features of all rows, [rows][features], NaN where missing. */
function encodeTable(table: Table, features: readonly Feature[]): Float64Array[] {
  return table.inputs.map((row) => {
    const x = new Float64Array(features.length);
    encodeRow(features, row, x);
    return x;
  });
}

function describeData(table: Table) {
  const { descriptor } = table.data;
  const { model, target, title, outcome, population, intendedUse, notIntendedUse, groups } =
    descriptor.hearth;
  const [licence] = descriptor.licenses;
  return {
    format: 1 as const,
    name: model,
    title,
    outcome,
    population,
    intendedUse,
    notIntendedUse,
    groups,
    columns: describeColumns(table),
    target: { name: target, type: 'binary' as const },
    data: {
      name: descriptor.name,
      sha256: table.sha256,
      rows: table.target.length,
      positives: table.target.reduce((sum, y) => sum + y, 0),
      sources: descriptor.sources.map(({ title, path }) => ({ title, path })),
      contributors: descriptor.contributors.map((contributor) => contributor.title),
      licence: { name: licence.name, title: licence.title, path: licence.path },
    },
  };
}

function goldenRows(
  table: Table,
  features: readonly Feature[],
  forest: Forest,
  answer: ManifestDraft['answer'],
): GoldenRow[] {
  const every = Math.ceil(table.inputs.length / 20);
  const rows: GoldenRow['row'][] = [{}, ...table.inputs.filter((_, i) => i % every === 0)];
  const x = new Float64Array(features.length);
  return rows.map((row) => {
    encodeRow(features, row, x);
    return { row, answer: linked(answer, sumLeaves(forest, x)) };
  });
}

const describeProtocol = ({ folds, repeats }: { folds: number; repeats: number }): string =>
  `${repeats} × ${folds}-fold cross-validation`;

const describeOptions = ({ trees, minNumSamples, maxDepth }: MlForestOptions): string =>
  `${trees} trees (minNumSamples ${minNumSamples}, maxDepth ${maxDepth})`;

function engineVersion(): string {
  const path = new URL(import.meta.resolve('ml-random-forest/package.json'));
  return JSON.parse(readFileSync(path, 'utf8')).version;
}
