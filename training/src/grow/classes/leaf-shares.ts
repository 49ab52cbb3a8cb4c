/** The shares of the classes in each leaf, one row per leaf; grows as leaves are added. */
export interface LeafShares {
  /** [leaves × classes], longer than needed. */
  values: Float64Array;
  /** Adds a leaf. @returns its row */
  add(counts: Int32Array, weight: number): number;
  /** A copy of the rows; the next leaves begin at row 0 again. */
  take(): Float64Array;
}

export function createLeafShares(classes: number): LeafShares {
  let leaves = 0;
  const shares: LeafShares = {
    values: new Float64Array(1024 * classes),
    add(counts, weight) {
      const at = leaves * classes;
      if (at === shares.values.length) {
        const longer = new Float64Array(2 * at);
        longer.set(shares.values);
        shares.values = longer;
      }
      for (let k = 0; k < classes; k++) shares.values[at + k] = counts[k] / weight;
      return leaves++;
    },
    take() {
      const taken = shares.values.slice(0, leaves * classes);
      leaves = 0;
      return taken;
    },
  };
  return shares;
}
