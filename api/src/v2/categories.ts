/** The categories of a column as bytes, in a hash table, so that no text is made of an element. */
export interface CategoryTable {
  /** The bytes of all categories, one after the other. */
  readonly texts: DataView;
  /** Where each category begins in `texts`, and after the last one where it ends; [categories + 1]. */
  readonly starts: Int32Array;
  /** In each slot, a category and 1; 0 where there is none. */
  readonly slots: Int32Array;
  /** Whether the short hash is different for all categories. */
  readonly isShort: boolean;
}

/** Bytes are read in words of four; the last word of a text may overlap the one before. */
const wordBytes = 4;

export function categoryTable(categories: readonly string[]): CategoryTable {
  const encoded = categories.map((category) => new TextEncoder().encode(category));
  const starts = new Int32Array(encoded.length + 1);
  for (const [i, { length }] of encoded.entries()) starts[i + 1] = starts[i] + length;
  const bytes = new Uint8Array(starts[encoded.length]);
  for (const [i, category] of encoded.entries()) bytes.set(category, starts[i]);
  const texts = new DataView(bytes.buffer);
  const hashes = encoded.map((_, i) => shortHash(texts, starts[i], starts[i + 1]));
  const isShort = new Set(hashes).size === hashes.length;
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * encoded.length)));
  for (const i of encoded.keys()) {
    let slot = slotOf(texts, starts[i], starts[i + 1], slots.length, isShort);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = i + 1;
  }
  return { texts, starts, slots, isShort };
}

/** The category that bytes are: its index, -1 if they are none. */
export function findCategory(
  { texts, starts, slots, isShort }: CategoryTable,
  bytes: DataView,
  start: number,
  end: number,
): number {
  let slot = slotOf(bytes, start, end, slots.length, isShort);
  for (let found = slots[slot]; found !== 0; found = slots[slot]) {
    if (isSame(bytes, start, end, texts, starts[found - 1], starts[found])) return found - 1;
    slot = (slot + 1) & (slots.length - 1);
  }
  return -1;
}

/** The slot in which the search begins; the number of slots is a power of two. */
function slotOf(bytes: DataView, start: number, end: number, slots: number, isShort: boolean): number {
  const sum = isShort ? shortHash(bytes, start, end) : fullHash(bytes, start, end);
  return (sum ^ (sum >>> 16)) & (slots - 1);
}

/** The first four bytes, or those that there are. */
function firstWord(bytes: DataView, start: number, end: number): number {
  if (end - start >= wordBytes) return bytes.getInt32(start, true);
  let word = 0;
  for (let at = start; at < end; at++) word = (word << 8) | bytes.getUint8(at);
  return word;
}

/** Of the length and the first and the last word: enough for most lists. */
function shortHash(bytes: DataView, start: number, end: number): number {
  const length = end - start;
  const last = length > wordBytes ? bytes.getInt32(end - wordBytes, true) : 0;
  return Math.imul((firstWord(bytes, start, end) ^ Math.imul(last, 0x01000193)) + length, 0x45d9f3b);
}

/** FNV-1a of all bytes (http://www.isthe.com/chongo/tech/comp/fnv/). */
function fullHash(bytes: DataView, start: number, end: number): number {
  let sum = 0x811c9dc5;
  for (let at = start; at < end; at++) sum = Math.imul(sum ^ bytes.getUint8(at), 0x01000193);
  return sum;
}

function isSame(
  bytes: DataView,
  start: number,
  end: number,
  texts: DataView,
  from: number,
  to: number,
): boolean {
  const length = end - start;
  if (length !== to - from) return false;
  if (length < wordBytes) return firstWord(bytes, start, end) === firstWord(texts, from, to);
  for (let at = 0; at + wordBytes < length; at += wordBytes)
    if (bytes.getInt32(start + at, true) !== texts.getInt32(from + at, true)) return false;
  return bytes.getInt32(end - wordBytes, true) === texts.getInt32(to - wordBytes, true);
}
