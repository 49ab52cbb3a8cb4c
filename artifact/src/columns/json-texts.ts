const quote = 34;
const backslash = 92;

/** Lists of texts as JSON spells them, one after the other: they are compared several times sooner than arrays of their own would be. */
export interface EncodedTexts {
  bytes: Uint8Array;
  /** Where each text begins; [texts + 1]. */
  starts: Int32Array;
  /** The first text of each list; [lists + 1]. */
  firsts: Int32Array;
  /** The texts of each list that is long, by their bytes as characters. */
  places: (Map<string, number> | undefined)[];
  /** Bytes of the longest. */
  longest: number;
}

/** Lists of no more texts are gone through. */
const fewTexts = 8;

export function encodeTexts(lists: readonly (readonly string[])[]): EncodedTexts {
  const encoded = lists.flat().map((text) => new TextEncoder().encode(JSON.stringify(text)));
  const firsts = startsOf(lists);
  return {
    bytes: Uint8Array.from(encoded.flatMap((each) => [...each])),
    starts: startsOf(encoded),
    firsts,
    places: lists.map(({ length }, list) => {
      if (length <= fewTexts) return undefined;
      const texts = encoded.slice(firsts[list], firsts[list + 1]);
      return new Map(texts.map((bytes, i) => [asCharacters(bytes), firsts[list] + i]));
    }),
    longest: Math.max(0, ...encoded.map(({ length }) => length)),
  };
}

function startsOf(lists: readonly ArrayLike<unknown>[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, { length }] of lists.entries()) starts[i + 1] = starts[i] + length;
  return starts;
}

const asCharacters = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/**
 * Finds which text of a list stands here.
 * @param guess the place that is compared first, where it is one of the list
 * @returns its place among the texts of all lists, -1 where it is none
 */
export function findText(
  bytes: Uint8Array,
  at: number,
  texts: EncodedTexts,
  list: number,
  guess: number,
): number {
  const { starts, firsts } = texts;
  const last = firsts[list + 1];
  if (guess < last && matchesAt(bytes, at, texts.bytes, starts[guess], starts[guess + 1])) return guess;
  const places = texts.places[list];
  if (places) return places.get(asCharacters(textAt(bytes, at, texts.longest))) ?? -1;
  for (let k = firsts[list]; k < last; k++)
    if (matchesAt(bytes, at, texts.bytes, starts[k], starts[k + 1])) return k;
  return -1;
}

/** The bytes up to the quote that ends a text, or as many as the longest has. */
function textAt(bytes: Uint8Array, at: number, longest: number): Uint8Array {
  const most = Math.min(bytes.length, at + longest);
  let end = at + 1;
  while (end < most && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  return bytes.subarray(at, end + 1);
}

/** Whether these bytes go on with the others from `start` to `stop`. */
export function matchesAt(
  bytes: Uint8Array,
  at: number,
  others: Uint8Array,
  start: number,
  stop: number,
): boolean {
  let place = at;
  for (let i = start; i < stop; i++) if (bytes[place++] !== others[i]) return false;
  return true;
}
