import type { RowMatrix } from './row-matrix.ts';

/** The rows of a node: those from `start` to before `end` of a list. */
export interface NodeRows {
  rows: Int32Array;
  start: number;
  end: number;
}

/**
 * Adds the packed sums of rows to the bins of the four columns of a word, or of the eight of two words: the processor works on them in
 * parallel, and reads a row's number and sum once.
 * @param into the histogram; @param first the place of the first bin of each column
 */
export function addEight(
  { words, stride }: RowMatrix,
  { rows, start, end }: NodeRows,
  packed: Float64Array,
  into: Float64Array,
  first: Int32Array,
  one: number,
  two: number,
): void {
  const wordsPerRow = stride / 4;
  const a = first[4 * one];
  const b = first[4 * one + 1];
  const c = first[4 * one + 2];
  const d = first[4 * one + 3];
  const e = first[4 * two];
  const f = first[4 * two + 1];
  const g = first[4 * two + 2];
  const h = first[4 * two + 3];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const at = row * wordsPerRow;
    const left = words[at + one];
    const right = words[at + two];
    const sum = packed[row];
    into[a + (left & 255)] += sum;
    into[b + ((left >>> 8) & 255)] += sum;
    into[c + ((left >>> 16) & 255)] += sum;
    into[d + (left >>> 24)] += sum;
    into[e + (right & 255)] += sum;
    into[f + ((right >>> 8) & 255)] += sum;
    into[g + ((right >>> 16) & 255)] += sum;
    into[h + (right >>> 24)] += sum;
  }
}

export function addFour(
  { words, stride }: RowMatrix,
  { rows, start, end }: NodeRows,
  packed: Float64Array,
  into: Float64Array,
  first: Int32Array,
  word: number,
): void {
  const wordsPerRow = stride / 4;
  const a = first[4 * word];
  const b = first[4 * word + 1];
  const c = first[4 * word + 2];
  const d = first[4 * word + 3];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const four = words[row * wordsPerRow + word];
    const sum = packed[row];
    into[a + (four & 255)] += sum;
    into[b + ((four >>> 8) & 255)] += sum;
    into[c + ((four >>> 16) & 255)] += sum;
    into[d + (four >>> 24)] += sum;
  }
}

/** The same for the first column of a word that has no other. */
export function addOne(
  { words, stride }: RowMatrix,
  { rows, start, end }: NodeRows,
  packed: Float64Array,
  into: Float64Array,
  first: Int32Array,
  word: number,
): void {
  const wordsPerRow = stride / 4;
  const a = first[4 * word];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    into[a + (words[row * wordsPerRow + word] & 255)] += packed[row];
  }
}
