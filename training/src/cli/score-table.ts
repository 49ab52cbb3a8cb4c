import type { Evaluation } from '@hearth/artifact';

/** Scores of a model and of what it is compared with, as lines for a terminal. */
export function scoreTable(evaluation: Evaluation): string {
  if (evaluation.kind === 'chance') {
    const { model, references } = evaluation;
    const rows = [{ label: { en: 'this model' }, scores: model }, ...references];
    return columns([
      ['', 'AUC', 'Brier', 'log loss', 'accuracy', 'calibration slope'],
      ...rows.map(({ label, scores: { auc, brier, logLoss, accuracy, calibration } }) => [
        label.en,
        ...[auc, brier, logLoss, accuracy, calibration?.slope].map((score) => score?.mean.toFixed(4) ?? '–'),
      ]),
    ]);
  }
  const rows = [{ label: { en: 'this model' }, scores: evaluation.model }, ...evaluation.references];
  return columns([
    ['', 'RMSE', 'MAE', 'R²'],
    ...rows.map(({ label, scores: { rmse, mae, r2 } }) => [
      label.en,
      ...[rmse, mae, r2].map(({ mean }) => mean.toPrecision(4)),
    ]),
  ]);
}

function columns(rows: readonly string[][]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ');
  return rows.map(line).join('\n');
}
