/**
 * `createHash('sha256')` of node:crypto in 32-bit arithmetic (FIPS 180-4). Browsers have only an asynchronous one, and none on a page
 * without HTTPS.
 */
export function createHash(_algorithm: 'sha256') {
  const parts: Uint8Array[] = [];
  return {
    update(data: Uint8Array | string) {
      parts.push(typeof data === 'string' ? new TextEncoder().encode(data) : data);
      return this;
    },
    digest: (_encoding: 'hex') => hex(hashOf(padded(parts))),
  };
}

const hex = (words: Int32Array): string =>
  Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

/** The message, a 1 bit, zeros, and the length in bits, in whole blocks of 64 bytes. */
function padded(parts: readonly Uint8Array[]): DataView {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array((length + 72) & -64);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes[length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(length) * 8n);
  return view;
}

/** The first 32 bits of the fractions of a root of the first primes; [primes]. */
const fractions = (count: number, root: (x: number) => number): Int32Array => {
  const primes: number[] = [];
  for (let x = 2; primes.length < count; x++) if (primes.every((prime) => x % prime > 0)) primes.push(x);
  return Int32Array.from(primes, (prime) => (root(prime) % 1) * 2 ** 32);
};
const k = fractions(64, Math.cbrt);
const initial = fractions(8, Math.sqrt);

const rotated = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

function hashOf(message: DataView): Int32Array {
  const hash = initial.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < message.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = message.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      w[i] =
        w[i - 16] +
        (rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3)) +
        w[i - 7] +
        (rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const one =
        (h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    hash.set([a, b, c, d, e, f, g, h].map((word, i) => word + hash[i]));
  }
  return hash;
}
