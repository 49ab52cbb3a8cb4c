import type { CategoryColumn, Texts } from '@hearth/artifact';

type Category = CategoryColumn['categories'][number];

/** So many suggestions at once: a list of thousands would be slow, and nobody reads it. */
const mostSuggested = 50;

/** Without case and accents. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The categories whose label or value contains a text, those that begin with it first. */
export function suggestions(
  { categories }: CategoryColumn,
  typed: string,
  labelOf: (label: Texts | undefined) => string,
): Category[] {
  const wanted = plain(typed);
  const first: Category[] = [];
  const others: Category[] = [];
  for (const category of categories) {
    const at = plain(labelOf(category.label) || category.value).indexOf(wanted);
    if (at === 0) first.push(category);
    else if (at > 0 || plain(category.value).includes(wanted)) others.push(category);
    if (first.length === mostSuggested) break;
  }
  return [...first, ...others].slice(0, mostSuggested);
}

/** The category that a text names by its label or its value, as its value; else the text. */
export function categoryOf(
  { categories }: CategoryColumn,
  typed: string,
  labelOf: (label: Texts | undefined) => string,
): string {
  if (categories.some(({ value }) => value === typed)) return typed;
  const wanted = plain(typed);
  const found = wanted && categories.find(({ label }) => label && plain(labelOf(label)) === wanted);
  return found ? found.value : typed;
}
