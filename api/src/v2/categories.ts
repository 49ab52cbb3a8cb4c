/** Finds the category that bytes are: its index, -1 if they are none. */
export type CategoryFinder = (bytes: Uint8Array, start: number, end: number) => number;

/** Makes the finder for the categories of a column: a hash table of their bytes, so that no text is made of an element. */
export function categoryFinder(categories: readonly string[]): CategoryFinder {
  const encoded = categories.map((category) => new TextEncoder().encode(category));
  const hashes = encoded.map((bytes) => shortHash(bytes, 0, bytes.length));
  const hash = new Set(hashes).size === hashes.length ? shortHash : fullHash;
  const mask = 2 ** Math.ceil(Math.log2(4 * encoded.length)) - 1;
  /** In each slot, a category and 1; 0 where there is none. */
  const slots = new Int32Array(mask + 1);
  for (const [i, category] of encoded.entries()) {
    let slot = hash(category, 0, category.length) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = i + 1;
  }
  return (bytes, start, end) => {
    let slot = hash(bytes, start, end) & mask;
    for (let found = slots[slot]; found !== 0; found = slots[slot]) {
      if (isAt(bytes, start, end, encoded[found - 1])) return found - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  };
}

/** Of the length and three of the bytes: enough for most lists. */
const shortHash = (bytes: Uint8Array, start: number, end: number): number =>
  31 * (end - start) + 7 * bytes[start] + 13 * bytes[(start + end) >> 1] + bytes[end - 1];

/** FNV-1a of all bytes (http://www.isthe.com/chongo/tech/comp/fnv/), its high bits folded into the low ones. */
function fullHash(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0x811c9dc5;
  for (let i = start; i < end; i++) sum = Math.imul(sum ^ bytes[i], 0x01000193);
  return sum ^ (sum >>> 15);
}

function isAt(bytes: Uint8Array, start: number, end: number, category: Uint8Array): boolean {
  if (end - start !== category.length) return false;
  for (let i = 0; i < category.length; i++) if (bytes[start + i] !== category[i]) return false;
  return true;
}
