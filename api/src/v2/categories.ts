/** Finds the category that bytes are: its index, -1 if they are none. */
export type CategoryFinder = (bytes: Uint8Array, start: number, end: number) => number;

/** Lists up to this length are searched one by one. */
const fewCategories = 16;

/** Makes the finder for the categories of a column, which compares bytes and makes no text of a category that comes often. */
export function categoryFinder(categories: readonly string[]): CategoryFinder {
  const encoded = categories.map((category) => new TextEncoder().encode(category));
  const isShort = encoded.length <= fewCategories;
  const places = isShort
    ? undefined
    : new Map(encoded.map((each, i) => [asCharacters(each, 0, each.length), i]));
  let last = 0;

  function search(bytes: Uint8Array, start: number, end: number): number {
    for (let i = 0; i < encoded.length; i++) if (isAt(bytes, start, end, encoded[i])) return i;
    return -1;
  }

  return (bytes, start, end) => {
    if (isAt(bytes, start, end, encoded[last])) return last;
    const found = places ? (places.get(asCharacters(bytes, start, end)) ?? -1) : search(bytes, start, end);
    if (found >= 0) last = found;
    return found;
  };
}

function isAt(bytes: Uint8Array, start: number, end: number, category: Uint8Array): boolean {
  if (end - start !== category.length) return false;
  for (let i = 0; i < category.length; i++) if (bytes[start + i] !== category[i]) return false;
  return true;
}

/** The bytes as a key of a map, whatever they are. */
const asCharacters = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
