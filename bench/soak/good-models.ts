import { type Forest, linked, type Row, rowEncoder, sumLeaves } from '@hearth/artifact';
import { type ManifestDraft, type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import { tinyDraft } from '@hearth/artifact/testing';

/** The size of a realistic forest: 300 trees of 31 nodes. */
const trees = 300;
const depth = 4;
const nodes = 2 ** (depth + 1) - 1;

/** The rows of the requests: with and without age and sex, inside and outside the seen ranges. */
export const rows: readonly Row[] = Array.from({ length: 300 }, (_, i) => ({
  ...(i % 5 > 0 && { age: (i * 7) % 101 }),
  ...(i % 3 > 0 && { sex: i % 3 === 1 ? 'male' : 'female' }),
}));

/** A sound model whose answers differ from those of the others. */
export interface GoodModel {
  draft: ManifestDraft;
  forest: Forest;
  artifact: PackedArtifact;
  /** The answer to each of `rows`, by the plain walk. */
  answers: number[];
}

/** The model number `seed`: each answers every row differently. */
export function goodModel(seed: number): GoodModel {
  const draft = tinyDraft();
  const forest = randomForest(seed);
  draft.answer = { base: 0.5 + (seed % 1000) / 1e4, divisor: 2, link: 'identity' };
  const x = new Float64Array(draft.features.length);
  const encode = rowEncoder(draft);
  const answers = rows.map((row) => {
    encode(row, x);
    return linked(draft.answer, sumLeaves(forest, x));
  });
  draft.golden = rows
    .slice(0, 30)
    .map((row, i) => ({ row: { ...row } as Record<string, number>, answer: answers[i] }));
  draft.evaluation.outOfFold = Array.from({ length: 300 }, (_, i) => ({
    row: i.toString(16).padStart(16, '0'),
    target: i % 2,
    prediction: answers[i],
  }));
  return { draft, forest, artifact: packArtifact(draft, { forest }), answers };
}

function randomForest(seed: number): Forest {
  const random = generator(seed);
  const size = trees * nodes;
  const forest: Forest = {
    roots: Int32Array.from({ length: trees }, (_, tree) => tree * nodes),
    feature: new Int32Array(size).fill(-1),
    threshold: new Float64Array(size),
    left: new Int32Array(size).fill(-1),
    right: new Int32Array(size).fill(-1),
    value: new Float64Array(size),
    cover: new Float64Array(size).fill(1),
    missingLeft: new Uint8Array(size),
  };
  for (let node = 0; node < size; node++) {
    const [root, place] = [node - (node % nodes), node % nodes];
    if (2 * place + 2 >= nodes) {
      forest.value[node] = random() / trees;
      continue;
    }
    forest.feature[node] = place % 2;
    forest.threshold[node] = place % 2 === 0 ? 20 + 60 * random() : 0.5;
    forest.left[node] = root + 2 * place + 1;
    forest.right[node] = root + 2 * place + 2;
    forest.missingLeft[node] = random() < 0.5 ? 1 : 0;
  }
  return forest;
}

/** Mulberry32 (Tommy Ettinger, public domain): numbers from 0 to 1; the same seed gives the same numbers. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
