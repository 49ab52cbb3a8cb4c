import type { Language, ModelDescription, Score } from '@hearth/artifact';

export const shownScores = {
  chance: ['auc', 'brier', 'logLoss', 'accuracy'],
  value: ['rmse', 'mae', 'r2'],
} as const;

export type ScoreName = (typeof shownScores)[keyof typeof shownScores][number];

/** The score that tells most in one number. */
export const mainScore = { chance: 'auc', value: 'mae' } as const;

/** A score by name, where these scores have it. */
export const scoreOf = (
  scores: ModelDescription['evaluation']['model'],
  name: ScoreName,
): Score | undefined => (scores as Partial<Record<ScoreName, Score>>)[name];

/** What a score is called, and what it says in plain words. */
export const scoreWords: Record<Language, Record<ScoreName, { name: string; hint: string }>> = {
  en: {
    auc: {
      name: 'AUC',
      hint: 'How often it puts two cases in the right order. A coin has 0.5, perfection 1.',
    },
    brier: { name: 'Brier score', hint: 'Mean squared error of the chance. Lower is better, 0 is perfect.' },
    logLoss: { name: 'Log loss', hint: 'Punishes certainty that was wrong. Lower is better.' },
    accuracy: { name: 'Accuracy', hint: 'How often it is right if more than 50% counts as yes.' },
    rmse: { name: 'RMSE', hint: 'Typical error, large ones counting more. Lower is better.' },
    mae: { name: 'Mean error', hint: 'Mean distance from the truth. Lower is better.' },
    r2: { name: 'R²', hint: 'Share of the differences that it explains. 1 is perfect.' },
  },
  'pt-BR': {
    auc: {
      name: 'AUC',
      hint: 'Com que frequência põe dois casos na ordem certa. Uma moeda tem 0,5; a perfeição, 1.',
    },
    brier: {
      name: 'Escore de Brier',
      hint: 'Erro quadrático médio da chance. Menor é melhor, 0 é perfeito.',
    },
    logLoss: { name: 'Log loss', hint: 'Pune a certeza que errou. Menor é melhor.' },
    accuracy: { name: 'Acurácia', hint: 'Com que frequência acerta, se mais de 50% contar como sim.' },
    rmse: { name: 'RMSE', hint: 'Erro típico, em que os grandes pesam mais. Menor é melhor.' },
    mae: { name: 'Erro médio', hint: 'Distância média da verdade. Menor é melhor.' },
    r2: { name: 'R²', hint: 'Parte das diferenças que ele explica. 1 é perfeito.' },
  },
};
