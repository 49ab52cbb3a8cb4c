import type { Evaluation, Score } from '@hearth/artifact';
import { textTable } from './text-table.ts';

/** Scores of a model and of what it is compared with, each with its standard deviation over the repeats, as lines for a terminal. */
export function scoreTable(evaluation: Evaluation): string {
  if (evaluation.kind === 'chance') {
    const { model, references } = evaluation;
    const rows = [{ label: { en: 'this model' }, scores: model }, ...references];
    return textTable(
      [
        ['', 'AUC', 'Brier', 'log loss', 'accuracy', 'calibration slope'],
        ...rows.map(({ label, scores: { auc, brier, logLoss, accuracy, calibration } }) => [
          label.en,
          ...[auc, brier, logLoss, accuracy, calibration?.slope].map((score) =>
            cell(score, (x) => x.toFixed(4)),
          ),
        ]),
      ],
      'right',
    );
  }
  const rows = [{ label: { en: 'this model' }, scores: evaluation.model }, ...evaluation.references];
  return textTable(
    [
      ['', 'RMSE', 'MAE', 'R²'],
      ...rows.map(({ label, scores: { rmse, mae, r2 } }) => [
        label.en,
        ...[rmse, mae, r2].map((score) => cell(score, (x) => x.toPrecision(4))),
      ]),
    ],
    'right',
  );
}

const cell = (score: Score | undefined, format: (x: number) => string): string =>
  score ? `${format(score.mean)} ± ${format(score.sd)}` : '–';
