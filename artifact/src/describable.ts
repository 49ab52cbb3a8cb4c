import { type CategoryColumn, isNumeric, type NumericColumn } from './columns.ts';
import { ArtifactError } from './errors.ts';
import { isInherited } from './json.ts';
import type { Manifest } from './manifest.ts';
import { missingValuesOf } from './missing.ts';
import { unprintable } from './printable.ts';

/** @throws ArtifactError 'column' unless every column can be asked for on a page, and checked in a request. */
export function assertDescribable({ columns, groups, target }: Manifest): void {
  assertDistinct(
    groups.map(({ name }) => name),
    'group',
  );
  assertDistinct(
    [...columns, target].map(({ name }) => name),
    'column',
  );
  const known = new Set(groups.map(({ name }) => name));
  for (const column of columns) {
    const refuse = (why: string): never => {
      throw new ArtifactError('column', `the column "${column.name}" ${why}`);
    };
    if (!known.has(column.group)) refuse(`is in the group "${column.group}", which is not described`);
    for (const label of Object.values(column.label)) if (label.trim() === '') refuse('has an empty label');
    const fault = isNumeric(column) ? rangeFault(column) : categoriesFault(column);
    if (fault) refuse(fault);
  }
}

function assertDistinct(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (!isUsableName(name)) throw new ArtifactError('column', `a ${what} cannot have the name "${name}"`);
    if (seen.has(name)) throw new ArtifactError('column', `there are two ${what}s named "${name}"`);
    seen.add(name);
  }
}

/** A CSV header and its cells are read without the spaces around them, and a message has to be able to show a name. */
const isUsableName = (name: string): boolean =>
  name !== '' && name.trim() === name && !unprintable.test(name) && !isInherited(name);

function rangeFault(column: NumericColumn): string | undefined {
  const { type, minimum, maximum, seen, example } = column;
  const allowed = (value: number) => value >= minimum && value <= maximum;
  if (minimum > maximum) return `allows nothing: its minimum is ${minimum}, its maximum ${maximum}`;
  if (type === 'integer' && Math.ceil(minimum) > Math.floor(maximum)) {
    return `allows nothing: there is no whole number from ${minimum} to ${maximum}`;
  }
  if (seen.minimum > seen.maximum || !allowed(seen.minimum) || !allowed(seen.maximum)) {
    return `was seen from ${seen.minimum} to ${seen.maximum}, which is not within ${minimum} to ${maximum}`;
  }
  if (example === undefined) return undefined;
  const fits =
    allowed(example) &&
    (type === 'number' || Number.isInteger(example)) &&
    (column.enum?.includes(example) ?? true) &&
    !missingValuesOf(column)?.has(example);
  return fits ? undefined : `has the example ${example}, which it does not allow`;
}

function categoriesFault({ categories, unseen, missingCodes, example }: CategoryColumn): string | undefined {
  const values = categories.map(({ value }) => value);
  const unusable = values.find((value) => value.trim() !== value || unprintable.test(value));
  if (unusable !== undefined) return `has the category "${unusable}", which no cell can hold`;
  if (new Set(values).size < values.length) return 'has a category twice';
  const unknown = unseen?.find((value) => !values.includes(value));
  if (unknown !== undefined) return `has "${unknown}" in no training row, which is none of its categories`;
  const code = missingCodes?.find((value) => values.includes(value));
  if (code !== undefined) return `has the category "${code}", which stands for a value that is not known`;
  if (example === undefined || values.includes(example)) return undefined;
  return `has the example "${example}", which is none of its categories`;
}
