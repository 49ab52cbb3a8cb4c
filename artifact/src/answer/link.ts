export const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

/** Each function from score to answer, which never falls, and what the score's scale is called. */
export const links = {
  identity: { answer: (score: number): number => score, scale: "the answer's own scale" },
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

/** Log-odds of a chance, kept finite. */
export function logit(chance: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, chance));
  return Math.log(p / (1 - p));
}
