import { binOf, type ColumnBasis, createBasis } from './basis.ts';
import { families } from './family.ts';
import { type DesignMatrix, fitPenalised, type PenalisedFit } from './penalised-fit.ts';
import { type NumberTable, ownersOf } from './table.ts';
import { unimodal } from './unimodal.ts';

/** With fewer rows than this, a numeric column's steps change direction at most once: more turns would be noise. */
const enoughToTurn = 1000;

/** Penalties of the coefficients, in units of the loss of one row. */
export interface Penalties {
  /** On the slope of a numeric column (per standard deviation) and the effect of a category. */
  ridge: number;
  /** In addition to the ridge, on the integral over the ranks of the squared second derivative of a numeric column's steps, divided by π⁴. */
  smooth: number;
}

/** The training rows, prepared once for all states of knowledge. */
export interface Prepared {
  table: NumberTable;
  rows: Int32Array;
  basis: ColumnBasis[];
  /** Index of the column of each variable. */
  owners: number[];
  design: DesignMatrix;
  /** Index of the first function of each column; the last element is the number of all functions. */
  first: Int32Array;
  /** Bin of each cell, -1 where missing; [columns][rows]. */
  bins: Int16Array[];
  /** Standardised if the loss is squared; [rows]. */
  target: Float64Array;
  /** How much each row counts; undefined if all count 1; [rows]. */
  weights?: Float64Array;
  /** Mean and standard deviation of the target before it was standardised; 0 and 1 for the logistic loss. */
  centre: number;
  scale: number;
}

export function prepare(table: NumberTable, rows: Int32Array): Prepared {
  const basis = createBasis(table, rows);
  const bins = basis.map((each, j) => Int16Array.from(rows, (row) => binOf(each, table.x[row][j])));
  const first = new Int32Array(basis.length + 1);
  for (const [j, { functions }] of basis.entries()) first[j + 1] = first[j] + functions.length;
  const functions = first[basis.length];
  const values = new Float64Array(functions * rows.length);
  for (const [j, each] of basis.entries()) {
    for (const [f, heights] of each.functions.entries()) {
      const start = (first[j] + f) * rows.length;
      for (let i = 0; i < rows.length; i++) if (bins[j][i] >= 0) values[start + i] = heights[bins[j][i]];
    }
  }
  const target = Float64Array.from(rows, (row) => table.target[row]);
  const every = table.sampling?.weights;
  const weights = every && Float64Array.from(rows, (row) => every[row]);
  const { centre, scale } = families[table.loss].isStandardised
    ? standard(target, weights)
    : { centre: 0, scale: 1 };
  return {
    table,
    rows,
    basis,
    owners: ownersOf(table),
    design: { rows: rows.length, functions, values },
    first,
    bins,
    target: target.map((y) => (y - centre) / scale),
    ...(weights && { weights }),
    centre,
    scale,
  };
}

function standard(values: Float64Array, weights?: Float64Array): { centre: number; scale: number } {
  const weight = (i: number) => weights?.[i] ?? 1;
  const total = values.reduce((sum, _, i) => sum + weight(i), 0);
  const centre = values.reduce((sum, y, i) => sum + weight(i) * y, 0) / total;
  const variance = values.reduce((sum, y, i) => sum + weight(i) * (y - centre) ** 2, 0) / total;
  return { centre, scale: Math.sqrt(variance) || 1 };
}

/** score(row) = intercept + Σ over the known columns of steps[column][bin] */
export interface AdditiveScore {
  intercept: number;
  /** By column; undefined if it is not known. */
  steps: (Float64Array | undefined)[];
}

/** The penalised additive model of the columns in `known`. */
export function fitSubset(prepared: Prepared, known: readonly number[], penalties: Penalties): AdditiveScore {
  const { design, target, table, weights } = prepared;
  const functions = functionsOf(prepared, known);
  const penalty = penaltyOf(prepared, known, penalties);
  const fit = fitPenalised(design, functions, penalty, target, families[table.loss], weights);
  const score = stepsOf(prepared, known, fit);
  if (prepared.rows.length >= enoughToTurn) return score;
  const steps = score.steps.map((heights, j) =>
    heights && prepared.table.columns[j].kind === 'numeric'
      ? unimodal(heights, prepared.basis[j].share)
      : heights,
  );
  return { ...score, steps };
}

/** Indices of the known columns' functions in the design. */
export const functionsOf = ({ first }: Prepared, known: readonly number[]): Int32Array =>
  Int32Array.from(
    known.flatMap((j) => Array.from({ length: first[j + 1] - first[j] }, (_, f) => first[j] + f)),
  );

/**
 * Penalty of each function of the known columns. If few columns are known, they also explain part of what the others would, so their
 * effects are larger: the ridge is multiplied by the square root of the share of known columns.
 */
export function penaltyOf(
  { basis }: Prepared,
  known: readonly number[],
  { ridge, smooth }: Penalties,
): Float64Array {
  const share = Math.sqrt(known.length / basis.length);
  return Float64Array.from(
    known.flatMap((j) => Array.from(basis[j].roughness, (rough) => share * ridge + smooth * rough)),
  );
}

/** Computes the steps of each column from the coefficients. */
export function stepsOf(
  { basis }: Prepared,
  known: readonly number[],
  { intercept, coefficients }: PenalisedFit,
): AdditiveScore {
  const steps: AdditiveScore['steps'] = basis.map(() => undefined);
  let next = 0;
  for (const j of known) {
    const heights = new Float64Array(basis[j].bins);
    for (const each of basis[j].functions) {
      const coefficient = coefficients[next++];
      for (let b = 0; b < heights.length; b++) heights[b] += coefficient * each[b];
    }
    steps[j] = heights;
  }
  return { intercept, steps };
}

/** Score of a row, whose cells may be missing. */
export function scoreRow(
  { intercept, steps }: AdditiveScore,
  basis: readonly ColumnBasis[],
  x: Float64Array,
): number {
  let score = intercept;
  for (const [j, heights] of steps.entries()) {
    if (!heights) continue;
    const bin = binOf(basis[j], x[j]);
    if (bin >= 0) score += heights[bin];
  }
  return score;
}
