import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean "NAME"?` for the most similar of the known names; empty where none is similar. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(given.toLowerCase(), known);
  const isSimilar = distance(given.toLowerCase(), nearest) <= Math.max(1, Math.floor(nearest.length / 2));
  return isSimilar ? `; did you mean "${nearest}"?` : '';
}
