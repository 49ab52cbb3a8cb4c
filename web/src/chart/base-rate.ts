import type { ModelDescription } from '@hearth/artifact';

type Data = Pick<ModelDescription['data'], 'rows' | 'positives' | 'prior' | 'weights'>;

/** The share of all rows, or of the population, with the outcome; undefined if only the weights of the rows tell it. */
export function baseRateOf({ rows, positives, prior, weights }: Data): number | undefined {
  if (prior) return prior.population;
  return weights?.kind === 'importance' || positives === undefined ? undefined : positives / rows;
}
