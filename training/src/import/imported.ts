import type { Forest, Manifest, Row } from '@hearth/artifact';

/** What every reader returns: a model that another tool made, in the terms of docs/FORMAT.md. */
export interface Imported {
  source: Source;
  columns: readonly ImportedColumn[];
  target: ImportedTarget;
  /** What trees and linear terms see; they name a feature by its place here. */
  features: readonly ImportedFeature[];
  trees?: ImportedTrees;
  linear?: ImportedLinear;
  answer: Manifest['answer'];
  /** Scores of the tool are the sums of leaves, before divisor, scale and offset. */
  scoresAre?: 'sums';
  /** The format says too little about how answers are made: they must be compared with the tool's. */
  needsAnswers?: boolean;
  /** What the tool itself answers to some rows, where the file has it. */
  answers?: SourceAnswers;
  bounds: Bounds;
  /** What a user should know, one sentence each. */
  notes?: readonly string[];
}

export interface Source {
  /** As its makers write it: XGBoost, scikit-learn. */
  tool: string;
  /** Empty where the file does not say. */
  version: string;
  /** The class of the model, or its booster: gbtree, RandomForestClassifier. */
  method: string;
  /** What the file says about the training: objective, learning rate. */
  options?: Readonly<Record<string, string | number | boolean | null>>;
  /** Training rows, and those of each class, where the file says so. */
  rows?: number;
  classRows?: readonly number[];
}

export interface ImportedColumn {
  name: string;
  type: 'number' | 'integer' | 'boolean' | 'category';
  /** The tool refuses rows without it. */
  required?: boolean;
  /**
   * Of a category column: the value of each code, in order; null for a code without a value. Absent where the file has no values: the
   * user gives them, or the codes are the values.
   */
  categories?: readonly (string | null)[];
  /** Of a category column without `categories`: one more than the largest code that the trees name. */
  codes?: number;
  /** Of a category column: the tool answers values that are not listed. */
  open?: boolean;
  /** Numbers that mean a missing value. */
  missingNumbers?: readonly number[];
  /** The range of the training rows, where the file says so. */
  seen?: { minimum: number; maximum: number };
  /** What can be, where the data package does not say it: linear terms under an exponential need limits. */
  limits?: { minimum: number; maximum: number };
}

export type ImportedTarget = (
  | { type: 'binary' /** The values of 0 and 1. */; classes?: readonly string[] }
  | { type: 'numeric'; quantiles?: readonly number[] }
  | { type: 'count' }
  /** `classes` is absent where the file has no names. */
  | { type: 'classes'; count: number; classes?: readonly string[] }
) & { /** The target's name, where the file says so. */ name?: string };

/**
 * A number made of a column, by its place in `columns`; NaN where the column is missing. Without other members the cell itself: the
 * number, or 1 and 0 of a boolean.
 */
export type ImportedFeature =
  | { column: number }
  /** Of a category: 1 where its code is one of `in`, else 0. `unseen`: the same for values that are not listed. */
  | { column: number; in: readonly number[]; unseen: 0 | 1 }
  /** Of a category: a number for each code, null for missing. `unseen`: the same for values that are not listed. */
  | { column: number; numbers: readonly (number | null)[]; unseen: number | null }
  /** Of a number: max(0, cell − above). */
  | { column: number; above: number }
  /** Of a number: missing where it is no further from 0 than this. */
  | { column: number; nonzero: number };

export interface ImportedTrees {
  /**
   * All trees in the order in which the tool adds them: left where `x < threshold` in float64, NaN by `missingLeft`. A set of categories is
   * split at 0.5: values in it go right. Children stand behind their parent, in the same tree (`TreeArrays` makes that).
   */
  forest: Forest;
  /** The output that each tree adds to; absent: the first, or with `leafValues` all of them; [trees]. */
  output?: Int32Array;
  /** What each leaf adds to each output; the leaf's `value` is its row; [leaves × outputs]. */
  leafValues?: Float64Array;
  /** Whether `cover` is from the file. Otherwise rows of a table are counted. */
  hasCovers: boolean;
}

/** Linear terms; each [features × outputs]. */
export interface ImportedLinear {
  coefficient: Float64Array;
  /** What a feature adds where it is missing; absent: 0. */
  missing?: Float64Array;
  /** The mean over the training rows of what a feature adds, for contributions; absent: taken from a table. */
  mean?: Float64Array;
}

export interface SourceAnswers {
  /** A row each, by column; a category column has its values. */
  rows: readonly Row[];
  /** Before the link; [rows × outputs]. */
  scores?: Float64Array;
  /** After the link: probabilities or values; [rows × outputs]. */
  outputs?: Float64Array;
}

/** Largest differences allowed between an answer v and that of the tool w: |v − w| ≤ bound · max(1, |w|). */
export interface Bounds {
  score: number;
  answer: number;
}

/** What the user says beside the file. */
export interface ReadOptions {
  /** Use only the first rounds of boosting. */
  iterations?: number;
}

/** Reads the files of one tool. */
export interface Reader {
  /** What it reads, for messages: XGBoost JSON. */
  format: string;
  /** Whether a file is of this format, by its bytes; the name of the file may decide where bytes cannot. */
  recognises(bytes: Uint8Array, name: string): boolean;
  /** @throws ImportFault for a file that cannot be read, or cannot be answered exactly; the message says what to do */
  read(bytes: Uint8Array, options: ReadOptions): Imported;
}

/** Why a file cannot be imported, without its name: what is wrong, where in it, and what to do. */
export class ImportFault extends Error {
  override name = 'ImportFault';
}
