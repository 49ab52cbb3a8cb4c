/** The outcomes of the mutants. */
export interface Tally {
  mutants: number;
  repaired: number;
  /** Mutants that were also read from disk, with the same outcome. */
  fromDisk: number;
  /** Refused mutants, by check. */
  reasons: Map<string, number>;
  /** Mutants that were not refused and gave valid answers. */
  accepted: number;
  /** Time of the slowest mutant, in milliseconds. */
  slowest: number;
}

/** All checks except 'file', which needs a disk. */
const expected = 'missing size format manifest column trees bounds cycle finite range hash golden'.split(' ');

/** The outcomes as lines for a terminal. */
export function tallyTable({ mutants, repaired, fromDisk, reasons, accepted }: Tally): string {
  const rows = [...reasons].sort(([, a], [, b]) => b - a);
  const line = (name: string, count: number) => `${name.padEnd(12)} ${String(count).padStart(7)}`;
  return [
    ...rows.map(([reason, count]) => line(reason, count)),
    line('accepted', accepted),
    line('mutants', mutants),
    `${repaired} with repaired sizes and hashes, ${fromDisk} also read from disk`,
  ].join('\n');
}

/** @throws Error unless every check refused at least one mutant in a thousand, and half of the mutants had repaired hashes */
export function assertEnough({ mutants, repaired, reasons }: Tally): void {
  const least = mutants / 1000;
  const rare = expected.filter((check) => (reasons.get(check) ?? 0) < least);
  if (rare.length > 0)
    throw new Error(`fewer than ${least} of ${mutants} mutants were refused by: ${rare.join(', ')}`);
  if (repaired < mutants / 2)
    throw new Error(`only ${repaired} of ${mutants} mutants had their hashes repaired`);
}
