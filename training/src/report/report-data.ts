import type { ChanceEvaluation, Manifest, ValueEvaluation } from '@hearth/artifact';

/** What a report shows: the manifest, and what is known only while training. */
export interface ReportData {
  manifest: Manifest;
  /** The learners that were compared, by their mean squared error out of fold (for chances: the Brier score). */
  candidates: { name: string; loss: number; chosen: boolean }[];
  /** Error on rows not learned from, by rows learned from; sd over the folds. */
  learningCurve: { rows: number; score: number; sd: number }[];
  /** What a person should look at in the table. */
  warnings: string[];
  /** How long training took. */
  seconds: number;
}

/** The manifest of a model that answers with a chance or with a value. */
export type With<E extends ChanceEvaluation | ValueEvaluation> = Manifest & { evaluation: E };

export const isChance = (manifest: Manifest): manifest is With<ChanceEvaluation> =>
  manifest.evaluation.kind === 'chance';

/** What a column is called. */
export const labelOf = ({ columns }: Manifest, name: string): string =>
  columns.find((column) => column.name === name)?.label.en ?? name;
