import type { Manifest } from '../manifest/manifest.ts';
import { percent } from './numbers.ts';

type Data = Pick<Manifest['data'], 'weights' | 'groups' | 'time' | 'prior' | 'priors'>;

/** How the rows count and were split, one sentence each. @param name writes the name of a column */
export function samplingSentences(
  { weights, groups, time, prior, priors }: Data,
  name: (column: string) => string,
): string[] {
  return [
    ...(weights ? [weightSentence(weights, name)] : []),
    ...(groups === undefined
      ? []
      : [
          `Rows with the same ${name(groups)} stay in one fold, and intervals take these groups as what was sampled (Liang & Zeger 1986).`,
        ]),
    ...(time === undefined
      ? []
      : [
          `Rows are predicted by models of the rows with an earlier ${name(time)}; the first ones are not predicted. The model itself is trained on all rows.`,
        ]),
    ...(prior
      ? [
          `The share with the outcome is ${share(prior.training)} of the training rows and ${share(prior.population)} of the population: answers are corrected for this by Bayes' rule, and scores weigh the classes in the same way (King & Zeng 2001).`,
        ]
      : []),
    ...(priors
      ? [
          `The shares of the classes, in their order, are ${priors.training.map(share).join(', ')} of the training rows and ${priors.population.map(share).join(', ')} of the population: answers are corrected for this by Bayes' rule, and scores weigh the classes in the same way (King & Zeng 2001; Saerens, Latinne & Decaestecker 2002).`,
        ]
      : []),
  ];
}

function weightSentence(
  { column, kind, effective }: NonNullable<Data['weights']>,
  name: (column: string) => string,
): string {
  if (kind === 'count') return `Each line of the table stands for as many rows as ${name(column)} says.`;
  const worth =
    effective === undefined ? '' : `; they tell as much as ${Math.round(effective)} rows of equal weight`;
  return `In training and in scores, rows weigh as much as ${name(column)} says${worth} (Kish 1965; intervals: Binder 1983).`;
}

/** Small shares need more digits. */
const share = (value: number): string =>
  value < 0.05 ? `${Number((100 * value).toPrecision(2))} %` : percent(value);
