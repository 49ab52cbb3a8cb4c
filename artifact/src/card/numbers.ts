/** A number with so many decimals. A true minus sign, and no minus zero. */
export function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** Decimals that leave three significant digits to the largest of some numbers. */
export function digitsOf(...values: number[]): number {
  const largest = Math.max(...values.map(Math.abs));
  return largest === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(largest))));
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The columns of a numeric range as a person reads it. */
export const fromTo = (low: number | string, high: number | string): string => `${low} to ${high}`;
