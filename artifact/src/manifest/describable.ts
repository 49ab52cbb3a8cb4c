import { type CategoryColumn, type Column, isNumeric, type NumericColumn } from '../columns/columns.ts';
import { missingValuesOf } from '../columns/missing.ts';
import { ArtifactError } from '../errors.ts';
import { isInherited } from '../json.ts';
import { unprintable } from '../printable.ts';
import type { Manifest } from './manifest.ts';

type Described = Pick<Manifest, 'columns' | 'groups' | 'target'>;

/** @throws ArtifactError 'column' unless every column can be asked for on a page, and checked in a request. */
export function assertDescribable(described: Described): void {
  const [fault] = describableFaults(described);
  if (fault !== undefined) throw new ArtifactError('column', fault);
}

/** Why a page could not ask for a column, or no request be checked against it: every reason. */
export function describableFaults({ columns, groups, target }: Described): string[] {
  const known = new Set(groups.map(({ name }) => name));
  return [
    ...nameFaults(
      groups.map(({ name }) => name),
      'group',
    ),
    ...nameFaults(
      [...columns, target].map(({ name }) => name),
      'column',
    ),
    ...columns.flatMap((column) =>
      columnFaults(column, known).map((fault) => `the column "${column.name}" ${fault}`),
    ),
  ];
}

function columnFaults(column: Column, groups: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  if (!groups.has(column.group)) faults.push(`is in the group "${column.group}", which is not described`);
  if (Object.values(column.label).some((label) => label.trim() === '')) faults.push('has an empty label');
  const fault = isNumeric(column) ? rangeFault(column) : categoriesFault(column);
  if (fault) faults.push(fault);
  return faults;
}

function nameFaults(names: readonly string[], what: string): string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const twice = seen.has(name);
    seen.add(name);
    if (!isUsableName(name)) return [`a ${what} cannot have the name "${name}"`];
    return twice ? [`there are two ${what}s named "${name}"`] : [];
  });
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
