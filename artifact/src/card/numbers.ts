/** A number with this many decimals, with a typographic minus sign and without a negative zero. */
export function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '\u2212');
}

/** The number of decimals that shows three significant digits of the largest number. */
export function digitsOf(...values: number[]): number {
  const largest = Math.max(...values.map(Math.abs));
  return largest === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(largest))));
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const fromTo = (low: number | string, high: number | string): string => `${low} to ${high}`;
