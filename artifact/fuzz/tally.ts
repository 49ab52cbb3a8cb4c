import type { Tally } from './fuzz.ts';

/** The checks that a reader makes without a disk; 'file' is about what only a disk has. */
const expected = [
  'missing',
  'size',
  'format',
  'manifest',
  'column',
  'trees',
  'bounds',
  'cycle',
  'finite',
  'range',
  'hash',
  'golden',
];

/** What became of the mutants, as lines for a terminal. */
export function tallyTable({ mutants, repaired, fromDisk, reasons, accepted }: Tally): string {
  const rows = [...reasons].sort(([, a], [, b]) => b - a);
  const line = (name: string, count: number) => `${name.padEnd(12)} ${String(count).padStart(7)}`;
  return [
    ...rows.map(([reason, count]) => line(reason, count)),
    line('accepted', accepted),
    line('mutants', mutants),
    `${repaired} with sizes and hashes repaired, ${fromDisk} read from the disk too`,
  ].join('\n');
}

/** @throws Error unless every check refused at least one mutant in a thousand, and half had their hashes repaired. */
export function assertEnough({ mutants, repaired, reasons }: Tally): void {
  const least = mutants / 1000;
  const rare = expected.filter((check) => (reasons.get(check) ?? 0) < least);
  if (rare.length > 0)
    throw new Error(`fewer than ${least} of ${mutants} mutants were refused by: ${rare.join(', ')}`);
  if (repaired < mutants / 2)
    throw new Error(`only ${repaired} of ${mutants} mutants had their hashes repaired`);
}
