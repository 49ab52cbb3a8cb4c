/** The categories of a column as bytes, in a hash table, so that no text is made of an element. */
export interface CategoryTable {
  /** The bytes of all categories, one after the other. */
  readonly texts: DataView;
  /** Where each category begins in `texts`, and the end; [categories + 1]. */
  readonly starts: Int32Array;
  /** In each slot, the length, the first and the last word of a category, and its index and 1; 0 where there is none. [slots × 4] */
  readonly slots: Int32Array;
  /** Whether lengths, first and last words are different enough to hash by. */
  readonly isShort: boolean;
}

/** Bytes are read in words of four; the last word of a text may overlap the one before. */
const wordBytes = 4;
/** Numbers of a slot. */
const slotWords = 4;

export function categoryTable(categories: readonly string[]): CategoryTable {
  const encoded = categories.map((category) => Buffer.from(category));
  const texts = new DataView(Uint8Array.from(Buffer.concat(encoded)).buffer);
  const starts = new Int32Array(encoded.length + 1);
  for (const [i, { length }] of encoded.entries()) starts[i + 1] = starts[i] + length;
  const hashes = encoded.map(({ length }, i) => shortHash(length, ...ends(texts, starts[i], length)));
  const isShort = new Set(hashes).size === hashes.length;
  const slots = new Int32Array(slotWords * 2 ** Math.ceil(Math.log2(4 * encoded.length)));
  for (const [i, { length }] of encoded.entries()) {
    const hash = isShort ? hashes[i] : fullHash(texts, starts[i], length);
    let at = slotOf(hash, slots);
    while (slots[at + 3] !== 0) at = nextSlot(at, slots);
    slots.set([length, ...ends(texts, starts[i], length), i + 1], at);
  }
  return { texts, starts, slots, isShort };
}

/** The category that bytes are: its index, -1 if they are none. */
export function findCategory(
  { texts, starts, slots, isShort }: CategoryTable,
  bytes: DataView,
  start: number,
  length: number,
): number {
  const first = firstWord(bytes, start, length);
  const last = lastWord(bytes, start, length);
  let at = slotOf(isShort ? shortHash(length, first, last) : fullHash(bytes, start, length), slots);
  for (let found = slots[at + 3]; found !== 0; found = slots[at + 3]) {
    if (slots[at] === length && slots[at + 1] === first && slots[at + 2] === last)
      if (length <= 2 * wordBytes || isSame(bytes, start, texts, starts[found - 1], length)) return found - 1;
    at = nextSlot(at, slots);
  }
  return -1;
}

/** Where the search begins; the number of slots is a power of two. */
const slotOf = (hash: number, slots: Int32Array): number =>
  ((hash ^ (hash >>> 16)) * slotWords) & (slots.length - 1);

const nextSlot = (at: number, slots: Int32Array): number => (at + slotWords) & (slots.length - 1);

const ends = (bytes: DataView, start: number, length: number): [number, number] => [
  firstWord(bytes, start, length),
  lastWord(bytes, start, length),
];

/** The first four bytes, or those that there are. */
function firstWord(bytes: DataView, start: number, length: number): number {
  if (length >= wordBytes) return bytes.getInt32(start, true);
  let word = 0;
  for (let i = 0; i < length; i++) word = (word << 8) | bytes.getUint8(start + i);
  return word;
}

const lastWord = (bytes: DataView, start: number, length: number): number =>
  length > wordBytes ? bytes.getInt32(start + length - wordBytes, true) : 0;

/** Enough for most lists. */
const shortHash = (length: number, first: number, last: number): number =>
  Math.imul((first ^ Math.imul(last, 0x01000193)) + length, 0x45d9f3b);

/** FNV-1a of all bytes (http://www.isthe.com/chongo/tech/comp/fnv/). */
function fullHash(bytes: DataView, start: number, length: number): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < length; i++) sum = Math.imul(sum ^ bytes.getUint8(start + i), 0x01000193);
  return sum;
}

/** Whether the words between the first and the last one are the same. */
function isSame(bytes: DataView, start: number, texts: DataView, from: number, length: number): boolean {
  for (let i = wordBytes; i + wordBytes < length; i += wordBytes)
    if (bytes.getInt32(start + i, true) !== texts.getInt32(from + i, true)) return false;
  return true;
}
