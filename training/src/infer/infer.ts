import { didYouMean, someOf } from '@hearth/artifact';
import type { Fault } from '../data/fault.ts';
import { rolesIn, type SamplingColumns } from '../sampling/columns.ts';
import { matchedBy, matchedFault } from '../sampling/matched.ts';
import { survivalFault, survivalPartner } from '../sampling/survival.ts';
import { risesWithin } from './blocks.ts';
import { type ColumnType, typeOf } from './column-type.ts';
import { type LeftOut, reasonToLeaveOut } from './left-out.ts';
import { countDoubts, numberDoubts } from './number-doubts.ts';
import { countedBy, type Profile, profilesOf, rowsOf, textOf, without } from './profile.ts';
import type { RawTable } from './raw-table.ts';
import { type InferredTarget, targetOf } from './target.ts';

/** What the user says about a table; everything else is inferred. */
export interface Hints {
  target: string;
  /** The value of the target whose probability is predicted. */
  positive?: string;
  /** Whether the numbers of the target name classes. */
  classes?: boolean;
  /** Whether the target counts events. */
  counts?: boolean;
  /** The quantiles of the target to predict. */
  quantiles?: readonly number[];
  /** Texts that mean a missing value, in every column. */
  missing?: readonly string[];
  /** The encoding of a text file; by default it is found. */
  encoding?: string;
  /** Columns that the model must not use. */
  leaveOut?: readonly string[];
  /** The columns that say how the rows came about. */
  sampling?: SamplingColumns;
}

/** A column and what it is taken for. */
export interface InferredColumn extends ColumnType {
  name: string;
  /** Rows without a value, and those of them whose cell is empty. */
  missingRows: number;
  emptyRows: number;
  leftOut?: LeftOut;
  /** Whole numbers so far, but no type of the file says so: a later value can have a fraction. */
  takesFractions?: true;
}

/** What the columns of a table are taken for. */
export interface Inferred {
  rows: number;
  /** Inputs and columns that are left out, in the order of the table. */
  columns: InferredColumn[];
  target: InferredColumn & InferredTarget;
  /** Names that the table does not have, and why nothing can be learned from it. */
  faults: Fault[];
}

/** Infers what the columns of a table are. */
export function infer(table: RawTable, hints: Hints): Inferred {
  const { path, decimal } = table;
  const profiles = profilesOf(table);
  const columnOf = (profile: Profile): InferredColumn => {
    const type = typeOf(profile, decimal, hints.missing ?? []);
    const given = without(profile, type.missing);
    const isNumber = type.type === 'integer' || type.type === 'number';
    return {
      name: profile.name,
      ...type,
      doubts: [
        ...type.doubts,
        ...(isNumber && !type.groupChar ? numberDoubts(given, decimal) : []),
        ...(type.type === 'integer' && profile.name !== hints.target ? countDoubts(given) : []),
      ],
      emptyRows: profile.rows - rowsOf(profile, [...profile.counts.keys()]),
      missingRows: profile.rows - rowsOf(given, [...given.counts.keys()]),
    };
  };
  const unknown = unknownNames(profiles, hints);
  const isTarget = ({ name }: Profile) => name === hints.target;
  const target = targetColumn(table, profiles.find(isTarget), columnOf, hints);
  const columns = profiles
    .filter((profile) => !isTarget(profile))
    .map((profile) =>
      withFractions(table, profile, leaveOut(profile, columnOf(profile), hints), hints.sampling),
    );
  const isGrouped = hints.sampling?.group !== undefined;
  const faults = [
    ...unknown,
    ...(target.kind === 'none' && profiles.some(isTarget) ? [{ field: target.name, text: target.why }] : []),
    ...unusable(columns, target, hints.sampling),
    ...(hints.sampling?.prior === undefined ? matchedFaults(table, columns, target) : []),
  ];
  return {
    rows: table.rows.length,
    columns: isGrouped ? columns : columns.map((column) => withBlockDoubt(table, column, columns)),
    target,
    faults: faults.map((fault) => ({ ...fault, place: path })),
  };
}

/** @param profile undefined where the table has no such column */
function targetColumn(
  table: RawTable,
  profile: Profile | undefined,
  columnOf: (profile: Profile) => InferredColumn,
  { target: name, classes, sampling, positive, counts, quantiles }: Hints,
): Inferred['target'] {
  const column = columnOf(profile ?? { name, rows: 0, counts: new Map() });
  if (!profile) return { ...column, kind: 'none', why: 'there is no such column' };
  const found: InferredColumn = classes ? { ...column, type: 'string', doubts: [] } : column;
  const counted = sampling?.count === undefined ? profile : countedBy(table, profile, sampling.count);
  return {
    ...found,
    ...targetOf(without(counted, found.missing), found.type, { positive, counts, quantiles }),
  };
}

/** An input whose numbers are whole only because of the rows at hand; 0 and 1 alone mean no and yes. */
function withFractions(
  { columns }: RawTable,
  profile: Profile,
  column: InferredColumn,
  sampling: SamplingColumns = {},
): InferredColumn {
  const isInput =
    !column.leftOut && !rolesIn(sampling).some(([role, name]) => name === column.name && role !== 'exposure');
  const isDeclared = columns.some(({ name, declared }) => name === column.name && declared === 'integer');
  const isYesOrNo = [...without(profile, column.missing).counts.keys()].every((text) => /^[01]$/.test(text));
  return column.type === 'integer' && isInput && !isDeclared && !isYesOrNo
    ? { ...column, takesFractions: true }
    : column;
}

/** A column whose values are subjects with several rows has a doubt. */
function withBlockDoubt(
  table: RawTable,
  column: InferredColumn,
  all: readonly InferredColumn[],
): InferredColumn {
  const { name, type } = column;
  if ((type !== 'integer' && type !== 'string') || column.leftOut) return column;
  const numbers = all.filter((each) => !each.leftOut && (each.type === 'integer' || each.type === 'number'));
  const rising = risesWithin(
    table,
    name,
    numbers.map((each) => each.name),
  );
  if (rising === undefined) return column;
  const doubt = `its rows stand together and "${rising}" rises in them: if they are of one subject, --group "${name}"; otherwise the scores look too good`;
  return { ...column, doubts: [...column.doubts, doubt] };
}

type TableFault = Omit<Fault, 'place'>;

function leaveOut(
  profile: Profile,
  column: InferredColumn,
  { leaveOut: unwanted = [], sampling = {} }: Hints,
): InferredColumn {
  const role = rolesIn(sampling).find(([, name]) => name === column.name)?.[0];
  if (role) return { ...column, why: `the ${role} of each row`, doubts: [] };
  const why: LeftOut | undefined = unwanted.includes(column.name)
    ? { why: '--leave-out' }
    : reasonToLeaveOut(profile, column);
  if (!why) return column;
  const repeats = why.repeats
    ? [
        `rows of one "${column.name}" belong together, but can be in different folds: the scores may look too good; if they do, --group "${column.name}"`,
      ]
    : [];
  return { ...column, leftOut: why, doubts: repeats };
}

function unknownNames(profiles: readonly Profile[], hints: Hints): TableFault[] {
  const { target, leaveOut = [], sampling = {} } = hints;
  const known = profiles.map(({ name }) => name);
  const named = [target, ...leaveOut, ...rolesIn(sampling).map(([, column]) => column)];
  const faults = named
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: name,
      text: `has no column "${name}"; it has ${someOf(known)}${didYouMean(name, known)}`,
    }));
  if (leaveOut.includes(target))
    faults.push({ field: target, text: `"${target}" is the target, and in --leave-out` });
  return faults;
}

function unusable(
  columns: readonly InferredColumn[],
  target: Inferred['target'],
  sampling: SamplingColumns = {},
): TableFault[] {
  const roles = new Set(rolesIn(sampling).map(([, name]) => name));
  const inputs = columns.filter(({ name, leftOut }) => !leftOut && !roles.has(name));
  if (inputs.length === 0)
    return [{ text: `there is no column to predict "${target.name}" from; every other one is left out` }];
  const numbers = inputs.filter(({ type }) => type === 'integer' || type === 'number');
  const partner = survivalPartner(
    { name: target.name, isStatus: target.kind !== 'numeric' && target.kind !== 'count' },
    numbers.map(({ name }) => name),
  );
  return partner === undefined
    ? []
    : [{ text: survivalFault(target.name, partner, `--leave-out "${partner}"`) }];
}

/** The sets of a matched study, by any column of ids or categories. */
function matchedFaults(
  { columns: all, rows }: RawTable,
  columns: readonly InferredColumn[],
  target: Inferred['target'],
): TableFault[] {
  if (target.kind !== 'binary') return [];
  const textsOf = (name: string) => {
    const at = all.findIndex((column) => column.name === name);
    return rows.map(({ cells }) => textOf(cells[at]) || null);
  };
  const positives = textsOf(target.name).map((text) => Number(text === target.positive));
  const sets = columns
    .filter(({ type }) => type === 'integer' || type === 'string')
    .map(({ name }) => ({ name, values: textsOf(name) }));
  const matched = matchedBy(sets, positives);
  return matched ? [{ text: matchedFault(matched, `${target.name} = ${target.positive}`) }] : [];
}
