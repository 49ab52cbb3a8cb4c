/** What the gate lets pass. Losses are differences in Brier score; of a value, in squared error as a share of a quarter of its variance. */
export const limits = {
  /** Loss against the version in production. */
  loss: 0.002,
  /** Loss against the best version ever promoted: small losses must not add up. */
  lossAgainstBest: 0.003,
  /** Rows that two versions need in common to be compared by their own predictions. */
  commonRows: 50,
  /** CPU time of one answer with its interval, in microseconds. */
  microsecondsPerRow: 100,
  /** All files of a version, in bytes. */
  bytes: 16 << 20,
  /** More categories than a page can offer in a list. */
  categories: 100,
};
