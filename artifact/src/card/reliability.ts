import type { ChanceEvaluation } from '../manifest/evaluation.ts';
import { pipeTable } from './markdown.ts';
import { decimal, percent } from './numbers.ts';

/** The bins of predicted probabilities with rows, and what was observed. */
export const reliabilityTable = (bins: ChanceEvaluation['reliability']): string =>
  pipeTable(
    ['predicted probability', 'rows', 'mean prediction', 'observed share'],
    bins
      .filter(({ rows }) => rows > 0)
      .map(({ low, high, rows, predicted, observed }) => [
        `${percent(low)} to ${percent(high)}`,
        String(rows),
        decimal(predicted, 2),
        decimal(observed, 2),
      ]),
  );
