/** What is wrong with the names in a header, whatever columns there should be. */
export function headerFaults(names: readonly string[]): { name: string; fault: string }[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const isRepeated = seen.has(name);
    seen.add(name);
    if (name === '') return [{ name, fault: 'has no name (in R: row.names = FALSE)' }];
    return isRepeated ? [{ name, fault: 'is given more than once' }] : [];
  });
}
