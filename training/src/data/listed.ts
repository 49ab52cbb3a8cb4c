const shown = 10;

/** The first faults, one a line. */
export function listed(faults: readonly string[]): string {
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  return [...faults.slice(0, shown), ...more].join('\n');
}
