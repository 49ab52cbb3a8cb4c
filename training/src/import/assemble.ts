import {
  type Feature,
  type Forest,
  leafOf,
  type Manifest,
  outputsOf,
  type Row,
  rowEncoder,
  splitForest,
  type Trees,
} from '@hearth/artifact';
import { emptyForest } from '../grow/index.ts';
import type { Described } from './describe.ts';
import { type Imported, type ImportedFeature, ImportFault } from './imported.ts';

/** A model without golden rows and files. */
export interface Assembled {
  draft: Described['description'] & Pick<Manifest, 'features' | 'answer' | 'engine'>;
  trees: Trees;
}

/** Puts a model together, in the terms of docs/FORMAT.md. */
export function assemble(imported: Imported, described: Described, rows = described.rows): Assembled {
  const { description } = described;
  const { source, answer, linear } = imported;
  const outputs = outputsOf(description.target);
  for (const number of Object.values(answer).flat())
    if (typeof number === 'number' && !Number.isFinite(number))
      throw new ImportFault(`has ${number} as its base, scale or offset, which is not a finite number`);
  const sets: number[] = [];
  const features = imported.features.map((feature) => featureOf(feature, described, sets));
  const columnsFeatures = { columns: description.columns, features, timeZone: description.timeZone };
  const bytes = sets.length > 0 ? Uint8Array.from(sets) : undefined;
  if (imported.trees && !imported.trees.hasCovers) {
    if (!rows)
      throw new ImportFault(
        'does not say how many rows came to each node, which contributions need: give a table of rows, such as the training table, with --table or --package',
      );
    countRows(imported.trees.forest, rows, rowEncoder(columnsFeatures, bytes), features.length);
  }
  const trees: Trees = {
    ...answerTrees(imported, outputs),
    ...(linear && {
      linear: {
        coefficient: linear.coefficient,
        missing: linear.missing ?? new Float64Array(linear.coefficient.length),
        mean: linear.mean ?? new Float64Array(linear.coefficient.length),
      },
    }),
    ...(bytes && { sets: bytes }),
  };
  return {
    draft: {
      ...description,
      features: features.length > 0 ? features : [{ column: firstNumber(description.columns) }],
      answer,
      engine: {
        name: `${source.tool} ${source.method}`.trim(),
        version: source.version,
        options: { ...source.options },
        seed: 0,
      },
    },
    trees,
  };
}

/** A model of nothing but leaves has a feature too, which no node names. */
function firstNumber(columns: Described['description']['columns']): string {
  const column = columns.find(({ type }) => type !== 'category');
  if (column) return column.name;
  throw new ImportFault('has no split: every answer is the same');
}

function answerTrees({ trees }: Imported, outputs: number): Trees {
  const none = emptyForest();
  if (!trees)
    return outputs > 1
      ? { forest: none, others: Array.from({ length: outputs - 1 }, () => none) }
      : { forest: none };
  const { forest, output, leafValues } = trees;
  if (leafValues) return { forest, leafValues };
  return outputs > 1 ? splitForest(forest, output ?? new Int32Array(), outputs) : { forest };
}

function featureOf(feature: ImportedFeature, described: Described, sets: number[]): Feature {
  const column = described.description.columns[feature.column];
  const { name } = column;
  if ('above' in feature) return { column: name, above: feature.above };
  if ('nonzero' in feature) return { column: name, nonzero: feature.nonzero };
  if (!('unseen' in feature)) return { column: name };
  const count = column.type === 'category' ? column.categories.length : 0;
  const indices = described.indices[feature.column] ?? [];
  if ('numbers' in feature) {
    const numbers: (number | null)[] = Array.from({ length: count + 1 }, () => feature.unseen);
    for (const [code, value] of feature.numbers.entries()) {
      const index = indices[code];
      if (index !== undefined) numbers[index] = value;
    }
    return { column: name, numbers };
  }
  const listed = new Set(feature.in.flatMap((code) => indices[code] ?? []));
  const value = column.type === 'category' && column.categories[[...listed][0] ?? 0].value;
  if (listed.size === 1 && feature.unseen === 0 && value !== false) return { column: name, equals: value };
  return { column: name, in: addSet(sets, listed, count, indices, feature.unseen) };
}

/** Adds a set of so many categories; those that the source does not know go with values that are not listed. @returns its first byte */
function addSet(
  sets: number[],
  listed: ReadonlySet<number>,
  count: number,
  indices: readonly (number | undefined)[],
  unseen: 0 | 1,
): number {
  const begin = sets.length;
  for (let byte = 0; byte < Math.ceil((count + 1) / 8); byte++) sets.push(0);
  const known = new Set(indices);
  for (let i = 0; i <= count; i++) {
    const isIn = i < count && known.has(i) ? listed.has(i) : unseen === 1;
    if (isIn) sets[begin + (i >> 3)] |= 1 << (i & 7);
  }
  return begin;
}

/** Counts the rows that come to each node, into the covers. */
function countRows(
  forest: Forest,
  rows: readonly Row[],
  encode: (row: Row, x: Float64Array) => void,
  features: number,
): void {
  const { roots, feature, left, right, cover } = forest;
  const x = new Float64Array(features);
  cover.fill(0);
  for (const row of rows) {
    encode(row, x);
    for (const root of roots) cover[leafOf(forest, root, x)]++;
  }
  for (let node = feature.length - 1; node >= 0; node--)
    if (feature[node] >= 0) cover[node] = cover[left[node]] + cover[right[node]];
}
