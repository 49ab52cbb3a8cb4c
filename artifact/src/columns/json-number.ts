const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;

/**
 * Integers of this many digits and the powers of ten up to this one are exact, so that their quotient is rounded only once (Clinger
 * 1990, "How to read floating point numbers accurately").
 */
const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, i) => 10 ** i);

/** Where the number of the last `readNumber` ends. A second result without an object, which would cost more than reading the number. */
let end = 0;
export const numberEnd = (): number => end;

/** Reads a number like `JSON.parse`, but faster. @returns NaN if there is no valid number, or it has more than 64 characters */
export function readNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  let byte = bytes[at];
  const isNegative = byte === minus;
  if (isNegative) byte = bytes[++at];
  const first = at;
  let digits = 0;
  while (byte >= zero && byte <= nine) {
    digits = digits * 10 + (byte - zero);
    byte = bytes[++at];
  }
  if (at === first || (bytes[first] === zero && at > first + 1)) return Number.NaN;
  let decimals = 0;
  if (byte === point) {
    const whole = ++at;
    byte = bytes[at];
    while (byte >= zero && byte <= nine) {
      digits = digits * 10 + (byte - zero);
      byte = bytes[++at];
    }
    decimals = at - whole;
    if (decimals === 0) return Number.NaN;
  }
  if (at - first > exactDigits || isExponent(byte)) return readLongNumber(bytes, start);
  end = at;
  const size = digits / powersOfTen[decimals];
  return isNegative ? -size : size;
}

const isExponent = (byte: number): boolean => byte === 69 || byte === 101;

const longest = 64;
const longNumber = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?(?![\d.eE+-])/i;

function readLongNumber(bytes: Uint8Array, start: number): number {
  const source = String.fromCharCode(...bytes.subarray(start, start + longest + 1));
  const text = longNumber.exec(source)?.[0] ?? '';
  if (text === '' || text.length > longest) return Number.NaN;
  end = start + text.length;
  return Number(text);
}
