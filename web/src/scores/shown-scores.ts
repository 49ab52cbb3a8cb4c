import type { Language, PublicEvaluation, Score } from '@hearth/artifact';

export const shownScores = {
  chance: ['auc', 'brier', 'logLoss', 'accuracy'],
  value: ['rmse', 'mae', 'r2'],
  classes: ['brier', 'logLoss', 'accuracy', 'auc'],
} as const;

export type ScoreName = (typeof shownScores)[keyof typeof shownScores][number];

/** The one score to show where there is room for one. */
export const mainScore = { chance: 'auc', value: 'mae', classes: 'accuracy' } as const;

/** The references whose answer is the same for every case. */
const constants = ['base-rate', 'mean'];

/**
 * The score of a constant answer that follows from its definition. Cross-validation gives another one, 0.49 for an AUC, only because the
 * constant of each fold leans away from the cases that it is tested on.
 */
export const byDefinition = (reference: string, name: ScoreName): Score | undefined =>
  constants.includes(reference) && (name === 'auc' || name === 'r2')
    ? { mean: name === 'auc' ? 0.5 : 0, sd: 0 }
    : undefined;

/** A score by name; undefined where these scores do not have it. */
export const scoreOf = (scores: PublicEvaluation['model'] | undefined, name: ScoreName): Score | undefined =>
  (scores as Partial<Record<ScoreName, Score>> | undefined)?.[name];

/** The name of a score, and a plain explanation. */
export const scoreWords: Record<Language, Record<ScoreName, { name: string; hint: string }>> = {
  en: {
    auc: {
      name: 'AUC',
      hint: 'How often it ranks two cases correctly. Guessing: 0.5; perfect: 1.',
    },
    brier: { name: 'Brier score', hint: 'Mean squared error of the chance. Lower is better; perfect: 0.' },
    logLoss: { name: 'Log loss', hint: 'Penalises confident mistakes. Lower is better.' },
    accuracy: { name: 'Accuracy', hint: 'Share of correct answers if a chance above 50% counts as yes.' },
    rmse: { name: 'RMSE', hint: 'Typical error; large errors weigh more. Lower is better.' },
    mae: { name: 'Mean error', hint: 'Mean distance from the true value. Lower is better.' },
    r2: { name: 'R²', hint: 'Share of the variation that it explains. Perfect: 1.' },
  },
  'pt-BR': {
    auc: {
      name: 'AUC',
      hint: 'Com que frequência ordena corretamente dois casos. Ao acaso: 0,5; perfeito: 1.',
    },
    brier: {
      name: 'Escore de Brier',
      hint: 'Erro quadrático médio da chance. Menor é melhor; perfeito: 0.',
    },
    logLoss: { name: 'Log loss', hint: 'Penaliza erros cometidos com muita certeza. Menor é melhor.' },
    accuracy: { name: 'Acurácia', hint: 'Proporção de acertos, se uma chance acima de 50% contar como sim.' },
    rmse: { name: 'RMSE', hint: 'Erro típico; erros grandes pesam mais. Menor é melhor.' },
    mae: { name: 'Erro médio', hint: 'Distância média do valor verdadeiro. Menor é melhor.' },
    r2: { name: 'R²', hint: 'Parte da variação que o modelo explica. Perfeito: 1.' },
  },
};

/** What some scores of several classes mean; the others mean what they mean for two. */
const classHints: Record<Language, Partial<Record<ScoreName, string>>> = {
  en: {
    auc: 'How often it ranks two cases of different classes correctly, averaged over the classes. Guessing: 0.5.',
    brier: 'Squared error of the chances of all classes, from 0 to 2. Lower is better.',
    accuracy: 'Share of cases whose most probable class is right.',
  },
  'pt-BR': {
    auc: 'Com que frequência ordena corretamente dois casos de classes diferentes, em média sobre as classes. Ao acaso: 0,5.',
    brier: 'Erro quadrático das chances de todas as classes, de 0 a 2. Menor é melhor.',
    accuracy: 'Proporção dos casos cuja classe mais provável está certa.',
  },
};

/** The explanation of a score in an evaluation of this kind. */
export const hintOf = (language: Language, kind: keyof typeof shownScores, name: ScoreName): string =>
  (kind === 'classes' && classHints[language][name]) || scoreWords[language][name].hint;
