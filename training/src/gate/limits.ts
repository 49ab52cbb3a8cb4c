/** Limits of the gate. Losses are differences in mean squared error (of probabilities, the Brier score; of quantiles, the pinball loss), divided by `lossScale`. */
export const limits = {
  /** Largest loss against the version in production. */
  loss: 0.002,
  /** Largest loss against the best version ever promoted: small losses must not add up. */
  lossAgainstBest: 0.003,
  /** A promoted version, or a subgroup, with fewer rows in common with the challenger is not compared. */
  commonRows: 50,
  /** Processor time of one prediction with its interval, in microseconds. */
  microsecondsPerRow: 100,
  /** More for each class of a target with several: every leaf adds to each of them. */
  microsecondsPerClass: 100,
};
