import { type Column, isNumeric, limitsOf } from '@hearth/artifact';

/**
 * Makes the function from an element of 32 bits to the number that it stands for. A client that stores 0.3 in 32 bits sends
 * 0.30000001192092896, or writes 0.3000000119: that is more than a maximum of 0.3, and can be on the other side of a threshold. It is read
 * as the limit or the listed value of the column with the same 32 bits, or else as the shortest decimal with these bits, as such a number
 * is printed. A whole number is exact, and one that is not a 32-bit number was not rounded.
 */
export function float32Reader(column: Column): (value: number) => number {
  if (!isNumeric(column)) return (value) => value;
  const { minimum, maximum } = column.type === 'number' ? limitsOf(column) : column;
  const known = new Map(
    [minimum, maximum, ...(column.enum ?? [])].map((each = Number.NaN) => [Math.fround(each), each]),
  );
  const least = minimum === undefined ? Number.NaN : Math.fround(minimum);
  const most = maximum === undefined ? Number.NaN : Math.fround(maximum);
  const isListed = column.enum !== undefined;
  return (value) => {
    const rounded = Math.fround(value);
    if (isListed || rounded === least || rounded === most) {
      const meant = known.get(rounded);
      if (meant !== undefined) return meant;
    }
    return rounded !== value || Number.isInteger(value) ? value : shortest(value);
  };
}

/** Nine digits distinguish all numbers of 32 bits. */
const mostDigits = 9;
/** Powers of ten up to here, and products with them below 2^53, give the decimals exactly as their text does. */
const powersOfTen = Array.from({ length: 10 }, (_, places) => 10 ** places);

function shortest(value: number): number {
  if (Math.abs(value) > 1e-2 && Math.abs(value) < 1e6) {
    for (const power of powersOfTen) {
      const decimal = (Math.sign(value) * Math.round(Math.abs(value) * power)) / power; // a half goes away from zero
      if (Math.fround(decimal) === value) return decimal;
    }
  }
  for (let digits = 1; digits < mostDigits; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return Number(value.toPrecision(mostDigits));
}
