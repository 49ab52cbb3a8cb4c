import { type ImportedFeature, type ImportedLinear, ImportFault } from '../imported.ts';
import { type Header, outputsOf } from './header.ts';

type Term = NonNullable<Header['linear']>[number];

/** Linear terms with their features. `base` is to be added to that of the answer: what the levels add that are 0 for our features. */
export interface LinearTerms {
  features: ImportedFeature[];
  linear: ImportedLinear;
  base: number[];
}

/** @throws ImportFault for a term that does not fit its column or the number of outputs */
export function linearTerms(header: Header, terms: readonly Term[]): LinearTerms {
  const outputs = outputsOf(header);
  const features: ImportedFeature[] = [];
  const coefficient: number[] = [];
  const missing: number[] = [];
  const mean: number[] = [];
  const base = new Array<number>(outputs).fill(0);
  /** Adds a feature with its numbers for each output. */
  const add = (feature: ImportedFeature, ...numbers: [number[], number[], number[]]): void => {
    features.push(feature);
    for (const [i, array] of [coefficient, missing, mean].entries()) array.push(...numbers[i]);
  };
  const only = (k: number, value: number): number[] => base.map((_, i) => (i === k ? value : 0));

  for (const [i, term] of terms.entries()) {
    assertFits(header, term, outputs, `linear.${i}`);
    if ('coefficient' in term) {
      add({ column: term.column }, term.coefficient, term.missing, term.mean);
      continue;
    }
    const { column, levels, unlisted } = term;
    if (levels.length === 2 && header.columns[column].type === 'boolean') {
      const [no, yes] = levels;
      const less = (numbers: number[]) => numbers.map((each, k) => each - no[k]);
      add({ column }, less(yes), less(term.missing), less(term.mean));
      for (const [k, each] of no.entries()) base[k] += each;
      continue;
    }
    for (let k = 0; k < outputs; k++) {
      const numbers = levels.map((level) => level[k]);
      if (numbers.every((each) => each === 0) && unlisted[k] === 0 && term.missing[k] === 0) continue;
      add(
        { column, numbers, unseen: unlisted[k] },
        only(k, 1),
        only(k, term.missing[k]),
        only(k, term.mean[k]),
      );
    }
  }
  return {
    features,
    linear: {
      coefficient: Float64Array.from(coefficient),
      missing: Float64Array.from(missing),
      mean: Float64Array.from(mean),
    },
    base,
  };
}

function assertFits({ columns }: Header, term: Term, outputs: number, place: string): void {
  const column = columns[term.column];
  if (!column) throw new ImportFault(`${place} names column ${term.column} of ${columns.length}`);
  const isLevels = column.type === 'category' || column.type === 'boolean';
  const count = column.type === 'category' ? column.categories.length : 2;
  const lists = 'levels' in term ? [...term.levels, term.unlisted] : [term.coefficient];
  if (isLevels !== 'levels' in term || ('levels' in term && term.levels.length !== count))
    throw new ImportFault(`${place} does not fit column "${column.name}"`);
  if ([...lists, term.missing, term.mean].some((numbers) => numbers.length !== outputs))
    throw new ImportFault(`${place} has not ${outputs} numbers, one for each output`);
}
