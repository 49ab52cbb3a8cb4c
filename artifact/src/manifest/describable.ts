import type { Column } from '../columns/columns.ts';
import { kindOf } from '../columns/kinds/index.ts';
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
  const fault = kindOf(column).fault(column);
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
