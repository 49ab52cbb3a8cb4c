import { type Column, type Evaluation, isNumeric, kindOf, labelOf, textIn } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';

const score = (mean: number, sd = 0.01) => ({ mean, sd, low: mean - 4 * sd, high: mean + 3 * sd });

const probabilityScores = (auc: number, brier: number) => ({
  auc: score(auc),
  brier: score(brier, 0.004),
  logLoss: score(brier * 2.8),
  accuracy: score(1 - brier * 1.4),
  calibration: { intercept: score(0.02), slope: score(0.97, 0.03) },
});

const method = { folds: 10, repeats: 10, seed: 1, stratified: true, nested: true };
const same = (text: string) => ({ en: text, 'pt-BR': text });
const logistic = { en: 'Logistic regression', 'pt-BR': 'Regressão logística' };
const baseRate = { en: 'Always the base rate', 'pt-BR': 'Sempre a taxa base' };

/** Half of the rows have the outcome; their probabilities are higher on the whole. */
function madeUpThresholds(rows: number) {
  const target = Array.from({ length: rows }, (_, i) => i % 2);
  const share = (i: number) => (i + 0.5) / rows;
  return countAtThresholds(
    target,
    target.map((y, i) => (y === 1 ? Math.sqrt(share(i)) : share(i) ** 2)),
  );
}

/** A complete evaluation of probabilities, with every part that the page can show. */
export function probabilityEvaluation(columns: readonly Column[], rows: number): Evaluation {
  const groups = columns.slice(0, 2).flatMap((column) => {
    if (!isNumeric(column)) {
      const levels = kindOf(column).levels(column) ?? [];
      return levels.map(({ label }) => ({ column: column.name, label }));
    }
    const middle = Math.round((column.seen.minimum + column.seen.maximum) / 2);
    return ['<', '≥'].map((side) => ({
      column: column.name,
      label: {
        en: `${textIn(labelOf(column), 'en')} ${side} ${middle}`,
        'pt-BR': `${textIn(labelOf(column), 'pt-BR')} ${side} ${middle}`,
      },
    }));
  });
  return {
    kind: 'chance',
    method,
    model: probabilityScores(0.905, 0.122),
    references: [
      {
        name: 'logistic-regression',
        label: logistic,
        scores: probabilityScores(0.9, 0.127),
        difference: { mean: -0.005, low: -0.012, high: 0.002 },
      },
      {
        name: 'base-rate',
        label: baseRate,
        scores: { ...probabilityScores(0.5, 0.248), calibration: undefined },
        difference: { mean: -0.126, low: -0.15, high: -0.1 },
      },
    ],
    stages: columns.slice(0, 4).map((_, i) => ({
      columns: columns.slice(0, i + 1).map(({ name }) => name),
      model: probabilityScores(0.62 + 0.06 * i, 0.23 - 0.02 * i),
      dedicated: probabilityScores(0.63 + 0.06 * i, 0.232 - 0.02 * i),
    })),
    subgroups: groups.slice(0, 4).map((group, i) => ({
      ...group,
      rows: Math.round(rows * (0.32 + 0.1 * i)),
      positives: Math.round(rows * (0.1 + 0.06 * i)),
      scores: probabilityScores(0.92 - 0.02 * i, 0.1 + 0.01 * i),
    })),
    importance: columns.map(({ name }, i) => ({ column: name, value: 0.9 / (i + 1) })),
    thresholds: madeUpThresholds(rows),
    reliability: Array.from({ length: 10 }, (_, i) => ({
      low: i / 10,
      high: (i + 1) / 10,
      rows: [88, 42, 24, 20, 17, 16, 18, 22, 26, 30][i] ?? 10,
      predicted: (i + 0.5) / 10,
      observed: Math.min(0.97, Math.max(0.03, (i + 0.5) / 10 + 0.07 * Math.sin(2 * i))),
    })),
    outOfFold: [{ row: '0123456789abcdef', target: 1, prediction: 0.5 }],
  };
}

const valueScores = (rmse: number, r2: number) => ({
  rmse: score(rmse, 0.1),
  mae: score(rmse * 0.7, 0.08),
  r2: score(r2),
});

/** A complete evaluation of predicted values. */
export function valueEvaluation(columns: readonly Column[]): Evaluation {
  return {
    kind: 'value',
    method: { ...method, stratified: false },
    model: valueScores(2.8, 0.87),
    references: [
      {
        name: 'linear-regression',
        label: { en: 'Linear regression', 'pt-BR': 'Regressão linear' },
        scores: valueScores(3.3, 0.82),
        difference: { mean: -3.1, low: -4.2, high: -1.8 },
      },
    ],
    subgroups: [
      { column: columns[0]?.name ?? '', label: same('A'), rows: 120, scores: valueScores(2.5, 0.8) },
    ],
    importance: columns.map(({ name }, i) => ({ column: name, value: 3 / (i + 1) })),
    outOfFold: [{ row: '0123456789abcdef', target: 1, prediction: 0.5 }],
  };
}
