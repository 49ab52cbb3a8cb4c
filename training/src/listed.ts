const shown = 10;

/** The first faults, one a line, and the number of the rest. */
export function listed(faults: readonly string[]): string {
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  return [...faults.slice(0, shown), ...more].join('\n');
}
