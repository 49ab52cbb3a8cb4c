import { type Column, isNumeric, limitsOf } from '@hearth/artifact';

/**
 * The number that an element of 32 bits stands for. A client that stores 0.3 in 32 bits sends 0.30000001192092896: that is more than a
 * maximum of 0.3, and can be on the other side of a threshold. It is read as the limit of the column with the same 32 bits, or else as
 * the shortest decimal with these bits, as such a number is printed. A whole number is exact, and one that is not a 32-bit number was
 * not rounded.
 */
export function readFloat32(value: number, column: Column): number {
  if (!isNumeric(column) || Math.fround(value) !== value) return value;
  const { minimum, maximum } = column.type === 'number' ? limitsOf(column) : column;
  if (maximum !== undefined && value === Math.fround(maximum)) return maximum;
  if (minimum !== undefined && value === Math.fround(minimum)) return minimum;
  return Number.isInteger(value) ? value : shortest(value);
}

/** Nine digits distinguish all numbers of 32 bits. */
const mostDigits = 9;

function shortest(value: number): number {
  for (let digits = 1; digits < mostDigits; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return Number(value.toPrecision(mostDigits));
}
