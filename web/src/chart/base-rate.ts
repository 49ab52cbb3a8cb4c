import type { ModelDescription } from '@hearth/artifact';

type Data = Pick<ModelDescription['data'], 'rows' | 'positives' | 'prior' | 'weights'>;

/** The share of all rows, or of the population, with the outcome; undefined if only the weights of the rows tell it. */
export function baseRateOf({ rows, positives, prior, weights }: Data): number | undefined {
  if (prior) return prior.population;
  return weights?.kind === 'importance' || positives === undefined ? undefined : positives / rows;
}

/** CSS pixels, of the note on the line of the base rate. */
export const noteWidth = 160;
const noteHeight = 22;

/**
 * Where the note is, in CSS pixels from the line: above it, or below it where more of the curve would cross the note above.
 * @param curve its heights over the width of the note
 * @param line the height of the line
 */
export function noteOffset(curve: readonly number[], line: number): number {
  const above = curve.filter((y) => y > line - noteHeight && y < line);
  const below = curve.filter((y) => y > line && y < line + noteHeight);
  return above.length > below.length ? 17 : -7;
}
