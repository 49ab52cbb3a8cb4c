import type { GrowColumn } from '../src/grow/bins.ts';
import { featureColumns, featuresOfRow } from './grow-tables.ts';

/** A textbook regression tree, the oracle of the growers: it tries every split of every feature on all rows. */
export type NaiveTree =
  | { rows: number; mean: number }
  | {
      rows: number;
      feature: number;
      threshold: number;
      missingLeft: boolean;
      left: NaiveTree;
      right: NaiveTree;
    };

interface Candidate {
  feature: number;
  threshold: number;
  missingLeft: boolean;
  gain: number;
  left: number[];
  right: number[];
}

export function growNaively(
  columns: readonly GrowColumn[],
  target: Float64Array,
  minimumLeaf: number,
  maxDepth: number,
): NaiveTree {
  const x = Array.from(target, (_, row) => featuresOfRow(columns, row));
  const owners = featureColumns(columns);
  return grow(Array.from(target.keys()), maxDepth);

  function grow(rows: number[], depth: number): NaiveTree {
    const best = depth === 0 ? undefined : bestOf(rows);
    if (!best) return { rows: rows.length, mean: sum(rows) / rows.length };
    const { feature, threshold, left, right } = best;
    const seen = rows.some((row) => Number.isNaN(x[row][feature]));
    return {
      rows: rows.length,
      feature,
      threshold,
      missingLeft: seen ? best.missingLeft : left.length >= right.length,
      left: grow(left, depth - 1),
      right: grow(right, depth - 1),
    };
  }

  function bestOf(rows: number[]): Candidate | undefined {
    let best: Candidate | undefined;
    for (const candidate of candidates(rows)) {
      const { left, right } = candidate;
      if (left.length < minimumLeaf || right.length < minimumLeaf) continue;
      candidate.gain = score(left) + score(right) - score(rows);
      if (candidate.gain > (best?.gain ?? 1e-9) + 1e-9) best = candidate;
    }
    return best;
  }

  function* candidates(rows: number[]): Generator<Candidate> {
    for (let feature = 0; feature < owners.length; feature++) {
      const values = [...new Set(rows.map((row) => x[row][feature]))]
        .filter((value) => !Number.isNaN(value))
        .sort((a, b) => a - b);
      const halves = values.slice(1).map((value, i) => (value + values[i]) / 2);
      for (const threshold of halves) {
        for (const missingLeft of [false, true]) yield divide(rows, feature, threshold, missingLeft);
      }
      const isLast = owners[feature] !== owners[feature + 1];
      if (isLast) yield divide(rows, owners.indexOf(owners[feature]), Number.MAX_VALUE, false);
    }
  }

  function divide(rows: number[], feature: number, threshold: number, missingLeft: boolean): Candidate {
    const isLeft = (row: number) =>
      Number.isNaN(x[row][feature]) ? missingLeft : x[row][feature] < threshold;
    const left = rows.filter(isLeft);
    const right = rows.filter((row) => !isLeft(row));
    return { feature, threshold, missingLeft, gain: 0, left, right };
  }

  function sum(rows: number[]): number {
    return rows.reduce((total, row) => total + target[row], 0);
  }

  function score(rows: number[]): number {
    return rows.length === 0 ? 0 : sum(rows) ** 2 / rows.length;
  }
}
