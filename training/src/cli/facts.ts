import type { Column, Evaluation, Manifest, Score } from '@hearth/artifact';
import { english, exposureOf, kindOf, titleOf } from '@hearth/artifact';
import { deviation } from './score-table.ts';

/** What can differ between two models: one line each, by name. */
function manifestFacts(manifest: Manifest): Map<string, string> {
  const { engine, data, answer, columns, features, evaluation, files } = manifest;
  const facts = new Map<string, string>([
    ['title', english(titleOf(manifest))],
    ['engine', `${engine.name} ${engine.version}`],
    ['seed', String(engine.seed)],
    ['answer', `${answer.link} link`],
    ['interval', manifest.interval ? manifest.interval.method : 'none'],
    ['data', `${data.name}, ${data.rows} rows`],
    ['data SHA-256', data.sha256],
    ...samplingFacts(data),
    ['columns used', [...new Set(features.map(({ column }) => column))].join(', ')],
  ]);
  const exposure = exposureOf(manifest.target);
  if (exposure !== undefined) facts.set('exposure', exposure);
  if (manifest.target.type === 'classes')
    facts.set('classes', manifest.target.classes.map(({ value }) => value).join(', '));
  for (const [name, value] of Object.entries(engine.options)) facts.set(`option ${name}`, String(value));
  for (const column of columns) facts.set(`column ${column.name}`, columnFact(column));
  for (const [name, score] of Object.entries(headlineScores(evaluation))) {
    facts.set(`score ${name}`, `${score.mean.toFixed(4)} ${deviation(score, (x) => x.toFixed(4))}`.trim());
  }
  for (const [name, { bytes }] of Object.entries(files)) facts.set(`size of ${name}`, `${bytes} bytes`);
  return facts;
}

/** How the rows count and were split. */
function samplingFacts({ weights, groups, time, prior, priors }: Manifest['data']): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['weights', weights && `${weights.kind}, column ${weights.column}`],
    ['groups', groups],
    ['time', time],
    ['prior', prior && `${prior.training} in training, ${prior.population} in the population`],
    [
      'priors',
      priors &&
        `${priors.training.join(', ')} in training, ${priors.population.join(', ')} in the population`,
    ],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function columnFact(column: Column): string {
  const codes = column.missingCodes ? `, missing: ${column.missingCodes.join(', ')}` : '';
  if (!('seen' in column)) {
    const levels = kindOf(column).levels(column) ?? [];
    const named = (some: typeof levels) => some.map(({ value }) => value).join(', ');
    const unseen = named(levels.filter(({ seen }) => !seen));
    return `one of ${named(levels)}${unseen && `, not in the training rows: ${unseen}`}${codes}`;
  }
  const { seen } = column;
  return `${kindOf(column).allowed(column, String)}, seen ${seen.minimum} to ${seen.maximum}${codes}`;
}

function headlineScores(evaluation: Evaluation | undefined): Record<string, Score> {
  if (!evaluation) return {};
  if (evaluation.kind !== 'chance') return evaluation.model;
  const { calibration, ...scores } = evaluation.model;
  return calibration ? { ...scores, 'calibration slope': calibration.slope } : scores;
}

/** One fact that differs; absent on the side without it. */
export interface FactChange {
  what: string;
  a?: string;
  b?: string;
}

/** What differs between two models, in the order of the first. */
export function compareManifests(a: Manifest, b: Manifest): FactChange[] {
  const [factsA, factsB] = [manifestFacts(a), manifestFacts(b)];
  return [...new Set([...factsA.keys(), ...factsB.keys()])]
    .map((what) => ({ what, a: factsA.get(what), b: factsB.get(what) }))
    .filter((change) => change.a !== change.b);
}
