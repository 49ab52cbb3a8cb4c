import { type Column, type Forest, linked, type Manifest, readAnswer, sumLeaves } from '@hearth/artifact';
import { type ManifestDraft, type PackedArtifact, packArtifact } from '@hearth/artifact/store';

const text = (en: string) => ({ en, 'pt-BR': `${en} (pt)` });
const score = { mean: 0.5, sd: 0.01 };
const scores = { auc: score, brier: score, logLoss: score, accuracy: score };

/**
 * Two trees, on age and sex, whose mean is the answer:
 * age < 50 → 0.2, else 0.6 (missing → 0.6); sex = male → 0.8, else 0.4 (missing → 0.4).
 */
export const tinyForest = (): Forest => ({
  roots: Int32Array.of(0, 3),
  feature: Int32Array.of(0, -1, -1, 1, -1, -1),
  threshold: Float64Array.of(50, 0, 0, 0.5, 0, 0),
  left: Int32Array.of(1, -1, -1, 4, -1, -1),
  right: Int32Array.of(2, -1, -1, 5, -1, -1),
  value: Float64Array.of(0, 0.2, 0.6, 0, 0.4, 0.8),
  cover: Float64Array.of(10, 4, 6, 10, 5, 5),
  missingLeft: Uint8Array.of(0, 0, 0, 1, 0, 0),
});

/** A draft with everything that the tiny model states. */
export type TinyDraft = ManifestDraft &
  Required<Pick<ManifestDraft, 'title' | 'outcome' | 'population' | 'intendedUse' | 'groups' | 'evaluation'>>;

export const tinyDraft = (): TinyDraft => ({
  format: 1,
  name: 'tiny',
  title: text('Tiny'),
  outcome: text('the outcome'),
  population: text('ten rows'),
  intendedUse: text('tests'),
  notIntendedUse: text('anything else'),
  groups: [{ name: 'all', label: text('All') }],
  columns: [
    {
      name: 'age',
      type: 'integer',
      label: text('Age'),
      description: text('Age in years'),
      group: 'all',
      required: false,
      unit: text('years'),
      minimum: 0,
      maximum: 100,
      example: 25,
      seen: { minimum: 29, maximum: 77 },
    },
    {
      name: 'sex',
      type: 'category',
      label: text('Sex'),
      description: text('Sex'),
      group: 'all',
      required: false,
      categories: [
        { value: 'female', label: text('Female') },
        { value: 'male', label: text('Male') },
      ],
    },
    {
      name: 'weight',
      type: 'number',
      label: text('Weight'),
      description: text('Weight, which no tree looks at'),
      group: 'all',
      required: false,
      minimum: 0,
      maximum: 500,
      seen: { minimum: 40, maximum: 120 },
    },
  ],
  target: { name: 'disease', type: 'binary' },
  features: [{ column: 'age' }, { column: 'sex', equals: 'male' }],
  answer: { base: 0, divisor: 2, link: 'identity' },
  engine: { name: 'by hand', version: '1', options: {}, seed: 1 },
  data: {
    name: 'tiny',
    sha256: '0'.repeat(64),
    rows: 10,
    positives: 5,
    sources: [],
    contributors: [],
    licence: { name: 'CC0-1.0', title: 'none', path: 'https://example.org' },
  },
  evaluation: {
    kind: 'chance',
    method: { folds: 2, repeats: 1, seed: 1, stratified: true },
    model: scores,
    references: [{ name: 'base-rate', label: text('Always the base rate'), scores }],
    reliability: [{ low: 0, high: 1, rows: 10, predicted: 0.5, observed: 0.5 }],
    outOfFold: [{ row: '0', target: 1, prediction: 0.5 }],
  },
  golden: [
    { row: {}, answer: 0.5 },
    { row: { age: 40, sex: 'male' }, answer: 0.5 },
    { row: { age: 60, sex: 'male' }, answer: 0.7 },
  ],
});

/** The tiny model as files; `change` edits the manifest before it is packed. */
export function tinyArtifact(change: (draft: TinyDraft) => void = () => {}) {
  const draft = tinyDraft();
  change(draft);
  return packArtifact(draft, { forest: tinyForest() });
}

/** The tiny model, of which only what is needed is stated. */
export function bareArtifact(change?: (draft: ManifestDraft) => void): PackedArtifact {
  const { name, columns, target, features, answer, engine, data, golden } = tinyDraft();
  const { name: table, sha256, rows } = data;
  const draft: ManifestDraft = {
    format: 2,
    name,
    columns: columns.map(bareColumn),
    target,
    features,
    answer,
    engine,
    data: { name: table, sha256, rows },
    golden,
  };
  const trees = { forest: tinyForest() };
  if (change) {
    change(draft);
    draft.golden = draft.golden.map(({ row }) => ({ row, ...readAnswer(draft, trees)(row) }));
  }
  return packArtifact(draft, trees);
}

function bareColumn(column: Column): Column {
  const { label: _l, description: _d, group: _g, required: _r, ...bare } = column;
  if (bare.type !== 'category') return { ...bare, ...('unit' in bare && { unit: { en: 'years' } }) };
  return { ...bare, categories: bare.categories.map(({ value }) => ({ value })) };
}

/** The tiny model with an interval; its spread forest is the same forest. */
export function tinyArtifactWithInterval(): PackedArtifact {
  const draft: ManifestDraft = {
    ...tinyDraft(),
    interval: { level: 0.9, method: 'by hand', base: -1, divisor: 1 },
  };
  const trees = { forest: tinyForest(), spread: tinyForest() };
  const predict = readAnswer(draft, trees);
  draft.golden = draft.golden.map(({ row }) => ({ row, ...predict(row) }));
  return packArtifact(draft, trees);
}

/** The tiny model as one of a number, with the interval of its outcome. */
export function tinyArtifactWithOutcome(): PackedArtifact {
  const { evaluation: _evaluation, ...bare } = tinyDraft();
  const draft: ManifestDraft = {
    ...bare,
    format: 2,
    target: { name: 'height', type: 'numeric', unit: text('cm') },
    data: { name: 'tiny', sha256: '0'.repeat(64), rows: 10 },
    interval: {
      level: 0.9,
      method: 'by hand',
      base: -1,
      divisor: 1,
      outcome: {
        method: 'by hand',
        of: 'difference',
        noise: 0.5,
        quantiles: [
          { given: 0, low: -1.5, high: 2 },
          { given: 1, low: -1, high: 1.25 },
        ],
      },
    },
  };
  const trees = { forest: tinyForest(), spread: tinyForest() };
  const predict = readAnswer(draft, trees);
  draft.golden = draft.golden.map(({ row }) => ({ row, ...predict(row) }));
  return packArtifact(draft, trees);
}

export const tinyManifest = (): TinyDraft & Manifest => tinyArtifact().manifest;

/** The answer of the tiny model, by the plain walk. */
export const tinyAnswer = (x: readonly number[]): number =>
  linked(tinyDraft().answer, sumLeaves(tinyForest(), Float64Array.from(x)));
