import { type Evaluated, english, labelOf as labelIn, type Manifest } from '@hearth/artifact';

/** The content of a report: the manifest, and what is only known during training. */
export interface ReportData {
  manifest: Evaluated;
  /** The learners that were compared, with their out-of-fold mean squared error (of probabilities, the Brier score; of quantiles, the pinball loss). */
  candidates: { name: string; loss: number; chosen: boolean }[];
  /** Error on held-out rows by number of training rows; sd over the folds. */
  learningCurve: { rows: number; score: number; sd: number }[];
  /** Warnings about the table. */
  warnings: string[];
  /** Duration of the training. */
  seconds: number;
}

/** The English label of a column. */
export const labelOf = ({ columns }: Manifest, name: string): string =>
  english(labelIn(columns.find((column) => column.name === name) ?? { name }));
