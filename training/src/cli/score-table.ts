import type { Evaluation, Manifest, Score } from '@hearth/artifact';
import { english } from '@hearth/artifact';
import { blendInWords } from '@hearth/artifact/card';
import { textTable } from './text-table.ts';

/**
 * Scores of a model and of what it is compared with, as lines for a terminal. Below each, its standard deviation over the repeats, where
 * there is one.
 */
export function scoreTable(evaluation: Evaluation): string {
  if (evaluation.kind === 'chance') {
    const { model, references } = evaluation;
    const rows = [{ label: { en: 'this model' }, scores: model }, ...references];
    return lines(
      ['AUC', 'Brier', 'log loss', 'accuracy', 'calibration slope'],
      rows.map(({ label, scores: { auc, brier, logLoss, accuracy, calibration } }) => [
        english(label),
        [auc, brier, logLoss, accuracy, calibration?.slope],
      ]),
      (x) => x.toFixed(4),
    );
  }
  if (evaluation.kind === 'classes') {
    const { model, references } = evaluation;
    const rows = [{ label: { en: 'this model' }, scores: model }, ...references];
    return lines(
      ['Brier', 'log loss', 'accuracy', 'AUC'],
      rows.map(({ label, scores: { brier, logLoss, accuracy, auc } }) => [
        english(label),
        [brier, logLoss, accuracy, auc],
      ]),
      (x) => x.toFixed(4),
    );
  }
  const rows = [{ label: { en: 'this model' }, scores: evaluation.model }, ...evaluation.references];
  const isCount = evaluation.model.deviance !== undefined;
  const hasQuantiles = evaluation.model.pinball !== undefined;
  return lines(
    [
      ...(hasQuantiles ? ['pinball loss'] : []),
      'RMSE',
      'MAE',
      'R²',
      ...(isCount ? ['Poisson deviance'] : []),
    ],
    rows.map(({ label, scores: { rmse, mae, r2, deviance, pinball } }) => [
      english(label),
      [...(hasQuantiles ? [pinball] : []), rmse, mae, r2, ...(isCount ? [deviance] : [])],
    ]),
    (x) => x.toPrecision(4),
  );
}

function lines(
  header: readonly string[],
  rows: readonly (readonly [string, readonly (Score | undefined)[]])[],
  format: (x: number) => string,
): string {
  const cells = rows.flatMap(([label, scores]) => {
    const means = scores.map((score) => (score ? format(score.mean) : '–'));
    const deviations = scores.map((score) => deviation(score, format));
    return [[label, ...means], ...(deviations.some((text) => text !== '') ? [['', ...deviations]] : [])];
  });
  return textTable([['', ...header], ...cells], 'right');
}

/** Empty where there is one repeat, or every repeat has the same score. */
export function deviation(score: Score | undefined, format: (x: number) => string): string {
  const text = format(score?.sd ?? 0);
  return Number(text) === 0 ? '' : `± ${text}`;
}

/** The learner of a version, with its options. */
export function engineLine(manifest: Pick<Manifest, 'engine' | 'evaluation'>): string {
  const { name, version, options, seed } = manifest.engine;
  const blend = blendInWords(manifest);
  const settings = Object.entries(options).map(([option, value]) => `${option} ${value}`);
  return [`${name} ${version}`, ...(blend ? [blend] : []), ...settings, `seed ${seed}`].join(', ');
}
