import * as v from 'valibot';
import { isTimeZone } from '../columns/calendar.ts';
import type { Column } from '../columns/columns.ts';
import { kindOf } from '../columns/kinds/index.ts';
import { ArtifactError } from '../errors.ts';
import { unassignable } from '../json.ts';
import { printable, unprintable } from '../printable.ts';
import { Manifest } from './manifest.ts';

const Described = v.omit(Manifest, [
  'features',
  'answer',
  'interval',
  'engine',
  'evaluation',
  'golden',
  'files',
]);
/** The part of a manifest that is known before training. */
export type Description = v.InferOutput<typeof Described>;

type Columns = Pick<Description, 'columns' | 'groups' | 'target' | 'timeZone'>;

export interface DescriptionFault {
  /** The members that lead to the fault; empty if the text of the fault names the place. */
  path: (string | number)[];
  /** The column that it is about. */
  column?: string;
  fault: string;
}

/** All reasons why a reader would refuse any model with this description. */
export function descriptionFaults(description: Description): DescriptionFault[] {
  const { issues = [] } = v.safeParse(Described, description);
  const faults = [
    ...issues.map(({ path = [], message }) => ({
      path: path.map(({ key }) => key as string | number),
      fault: message,
    })),
    ...columnFaults(description).map((fault) => ({ path: [], ...fault })),
  ];
  return faults.map((each) => ({ ...each, fault: printable(each.fault, 400) }));
}

/** @throws ArtifactError 'column' unless the page can show every column and requests can be checked against it */
export function assertColumns(described: Columns): void {
  const [first] = columnFaults(described);
  if (first) throw new ArtifactError('column', first.fault);
}

type ColumnFault = Pick<DescriptionFault, 'column' | 'fault'>;

function columnFaults({ columns, groups = [], target, timeZone }: Columns): ColumnFault[] {
  const groupNames = new Set(groups.map(({ name }) => name));
  return [
    ...nameFaults(groups, 'group').map(({ fault }) => ({ fault })),
    ...nameFaults([...columns, target], 'column').map(({ name, fault }) => ({ column: name, fault })),
    ...timeZoneFaults(columns, timeZone).map((fault) => ({ fault })),
    ...columns.flatMap((column) =>
      faultsOf(column, groupNames).map((fault) => ({
        column: column.name,
        fault: `the column "${column.name}" ${fault}`,
      })),
    ),
  ];
}

function timeZoneFaults(columns: readonly Column[], timeZone: string | undefined): string[] {
  const time = columns.find(({ type }) => type === 'datetime');
  if (timeZone === undefined)
    return time
      ? [`the column "${time.name}" needs a timeZone in the manifest, such as "America/Sao_Paulo"`]
      : [];
  if (!time) return ['there is a timeZone, but no column of type datetime'];
  return isTimeZone(timeZone) ? [] : [`the timeZone "${timeZone}" is not one that this server knows`];
}

function faultsOf(column: Column, groups: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  if (column.group !== undefined && !groups.has(column.group))
    faults.push(`is in the group "${column.group}", which does not exist`);
  if (Object.values(column.label ?? {}).some((label) => label.trim() === ''))
    faults.push('has an empty label');
  const fault = kindOf(column).fault(column);
  if (fault) faults.push(fault);
  return faults;
}

function nameFaults(named: readonly { name: string }[], what: string): { name: string; fault: string }[] {
  const seen = new Set<string>();
  return named.flatMap(({ name }) => {
    const why = nameFault(name);
    if (why) return [{ name, fault: `a ${what} cannot have the name "${name}": it ${why}` }];
    if (seen.has(name)) return [{ name, fault: `there are two ${what}s named "${name}"` }];
    seen.add(name);
    return [];
  });
}

/** CSV headers are trimmed, messages show names, and a row is a JavaScript object. */
function nameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name.trim() !== name) return 'begins or ends with a space';
  if (unprintable.test(name)) return 'has a character that cannot be printed';
  return name === unassignable ? 'is reserved in JavaScript' : undefined;
}
