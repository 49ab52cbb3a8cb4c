/**
 * Mean of the log-odds whose expected chance has the log-odds `score`, when they are spread by `variance`: MacKay's approximation of
 * the expectation of a logistic function (1992, Neural Computation 4, 720-736), inverted.
 */
export const unmoderated = (score: number, variance: number): number =>
  score * Math.sqrt(1 + (Math.PI * variance) / 8);
