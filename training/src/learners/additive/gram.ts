/** With this many rows, all columns fit into the L1 cache. */
const stretch = 128;

/**
 * Fills the lower triangle with Σ weight · column a · column b over the rows, plus a diagonal. Eight sums (two columns by four) are
 * computed at once, so that the CPU need not wait for the previous addition; each sum still adds its rows in order.
 * @param columns [size][rows]
 * @param diagonal [size]
 */
export function weightedGram(
  columns: readonly Float64Array[],
  weight: Float64Array,
  diagonal: Float64Array,
  into: readonly Float64Array[],
): void {
  const last = columns.length - 1;
  const padded = [...columns, columns[last], columns[last], columns[last]];
  const first = new Float64Array(stretch);
  const second = new Float64Array(stretch);
  const sums = new Float64Array(8);
  for (const [a, row] of into.entries()) {
    row.fill(0);
    row[a] = diagonal[a];
  }
  for (let start = 0; start < weight.length; start += stretch) {
    const end = Math.min(start + stretch, weight.length);
    for (let a = 0; a <= last; a += 2) {
      const next = Math.min(a + 1, last);
      multiply(columns[a], weight, start, end, first);
      multiply(columns[next], weight, start, end, second);
      for (let b = 0; b <= next; b += 4) {
        for (let k = 0; k < 4; k++) {
          sums[k] = b + k <= a ? into[a][b + k] : 0;
          sums[4 + k] = b + k <= next ? into[next][b + k] : 0;
        }
        addProducts(first, second, padded, b, start, end, sums);
        for (let k = 0; k < 4; k++) {
          if (b + k <= a) into[a][b + k] = sums[k];
          if (b + k <= next) into[next][b + k] = sums[4 + k];
        }
      }
    }
  }
}

function multiply(a: Float64Array, b: Float64Array, start: number, end: number, into: Float64Array): void {
  for (let i = start; i < end; i++) into[i - start] = a[i] * b[i];
}

/** Adds the products of two columns with four others to eight sums. */
function addProducts(
  first: Float64Array,
  second: Float64Array,
  columns: readonly Float64Array[],
  from: number,
  start: number,
  end: number,
  sums: Float64Array,
): void {
  const p = columns[from];
  const q = columns[from + 1];
  const r = columns[from + 2];
  const s = columns[from + 3];
  let p1 = sums[0];
  let q1 = sums[1];
  let r1 = sums[2];
  let s1 = sums[3];
  let p2 = sums[4];
  let q2 = sums[5];
  let r2 = sums[6];
  let s2 = sums[7];
  for (let i = start; i < end; i++) {
    const x = first[i - start];
    const y = second[i - start];
    p1 += x * p[i];
    q1 += x * q[i];
    r1 += x * r[i];
    s1 += x * s[i];
    p2 += y * p[i];
    q2 += y * q[i];
    r2 += y * r[i];
    s2 += y * s[i];
  }
  sums[0] = p1;
  sums[1] = q1;
  sums[2] = r1;
  sums[3] = s1;
  sums[4] = p2;
  sums[5] = q2;
  sums[6] = r2;
  sums[7] = s2;
}
