import { english, type Texts } from '../columns/texts.ts';
import type { Evaluation } from './evaluation.ts';
import type { Manifest } from './manifest.ts';

/** The title of a model; without one, its name. */
export const titleOf = ({ title, name }: Pick<Manifest, 'title' | 'name'>): Texts => title ?? { en: name };

/** What is predicted, in words; without any, the target by name, and which value of it. */
export function outcomeOf({ outcome, target }: Pick<Manifest, 'outcome' | 'target'>): Texts {
  if (outcome) return outcome;
  if (target.type !== 'binary') return { en: target.name };
  return { en: `${target.name} = ${english(target.labels?.[1]) || '1'}` };
}

export type Evaluated = Manifest & { evaluation: Evaluation };

export const isEvaluated = (manifest: Manifest): manifest is Evaluated => manifest.evaluation !== undefined;

/** What a reader of a model should know and nobody has stated, in words. */
export function notStated({
  population,
  dates,
  outcomeDefinition,
  intendedUse,
  notIntendedUse,
  data,
  review,
}: Manifest) {
  const stated = {
    population,
    dates,
    'definition of the outcome': outcomeDefinition,
    'intended use': intendedUse,
    'use that is not intended': notIntendedUse,
    licence: data.licence,
    sources: data.sources?.[0],
    contributors: data.contributors?.[0],
    'day of the next review': review,
  };
  return Object.entries(stated).flatMap(([what, said]) => (said ? [] : [what]));
}
