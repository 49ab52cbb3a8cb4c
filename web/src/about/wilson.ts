const z = 1.959963984540054;

/** 95 % interval of a share observed in a number of rows (Wilson 1927, "Probable inference, the law of succession, and statistical inference"). */
export function wilson(share: number, rows: number): { low: number; high: number } {
  const shrink = 1 + z ** 2 / rows;
  const centre = (share + z ** 2 / (2 * rows)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
