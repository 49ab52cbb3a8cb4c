import type { AnswerFormula } from './formula.ts';

/** answer = link((base + Σ leaf) / divisor) */
export function linked({ base, divisor, link }: AnswerFormula, sum: number): number {
  const score = (base + sum) / divisor;
  return link === 'identity' ? score : logistic(score);
}

export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

/** Log-odds of a chance, kept finite. */
export function logit(chance: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, chance));
  return Math.log(p / (1 - p));
}
