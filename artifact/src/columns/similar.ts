import { distance } from 'fastest-levenshtein';

/** In longer lists only case and spaces may differ: to compare every name takes too long. */
const mostCompared = 200;
const longest = 100;

/** Without what people mistype most. */
const plain = (text: string): string => text.normalize().toLowerCase().replace(/\s+/g, '');

/** The names by what is plain of them; of several the first. */
function plainly(names: readonly string[]): Map<string, string> {
  const byPlain = new Map<string, string>();
  for (const name of names) if (!byPlain.has(plain(name))) byPlain.set(plain(name), name);
  return byPlain;
}

/** Makes the hint for a name that is none of these: `; did you mean "NAME"?`, or empty if none is similar. */
export function suggester(known: readonly string[]): (given: string) => string {
  let plainNames: Map<string, string> | undefined;

  function mostSimilar(given: string): string | undefined {
    plainNames ??= plainly(known);
    const wanted = plain(given.slice(0, longest));
    const same = plainNames.get(wanted);
    if (same !== undefined || known.length > mostCompared) return same;
    const [nearest] = [...plainNames]
      .map(([name, { length }]) => ({ name, length, edits: distance(name, wanted) }))
      .sort((a, b) => a.edits - b.edits);
    return nearest && nearest.edits <= nearest.length / 2 ? plainNames.get(nearest.name) : undefined;
  }

  return (given) => {
    const name = mostSimilar(given);
    return name === undefined ? '' : `; did you mean "${name}"?`;
  };
}

/** `; did you mean "NAME"?` for the most similar of the known names; empty if none is similar. */
export const didYouMean = (given: string, known: readonly string[]): string => suggester(known)(given);

/** The first of a list, and how many more there are. */
export const someOf = (texts: readonly (string | number)[], most = 10): string =>
  texts.length > most
    ? `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
    : texts.join(', ');

/** A fault with what is allowed instead. */
export const advised = (fault: string, allowed: string): string =>
  `${fault}${fault.endsWith('?') ? ' Allowed' : '; allowed'}: ${allowed}`;
