import { type Column, isNumeric } from '@hearth/artifact';

/**
 * The number that an element of 32 bits stands for. A client that holds 0.3 in 32 bits sends 0.30000001192092896, which is neither at
 * most 0.3 nor on the side of a threshold that 0.3 is on. It is taken as the limit of the column that has the same 32 bits; else as the
 * shortest decimal that has them, which is how such a number is printed. A whole number is exact, and a number that is not one of 32
 * bits has not been rounded to them.
 */
export function readFloat32(value: number, column: Column): number {
  if (!isNumeric(column) || Math.fround(value) !== value) return value;
  const { minimum, maximum } = column;
  if (value === Math.fround(maximum)) return maximum;
  if (value === Math.fround(minimum)) return minimum;
  return Number.isInteger(value) ? value : shortest(value);
}

/** Nine digits tell all numbers of 32 bits apart. */
const mostDigits = 9;

function shortest(value: number): number {
  for (let digits = 1; digits < mostDigits; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return decimal;
  }
  return Number(value.toPrecision(mostDigits));
}
