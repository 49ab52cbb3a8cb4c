export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

/** The functions from score to answer, all of them monotone increasing, and the name of the score's scale. */
export const links = {
  identity: { answer: (score: number): number => score, scale: 'the scale of the answer' },
  logit: { answer: logistic, scale: 'log-odds' },
};
export type Link = keyof typeof links;

/** answer = link((base + Σ leaf) / divisor) */
export function linked(
  { base, divisor, link }: { base: number; divisor: number; link: Link },
  sum: number,
): number {
  const score = (base + sum) / divisor;
  return link === 'identity' ? score : links[link].answer(score);
}

/** Log-odds of a probability, clipped to finite values. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
}
