import { didYouMean, someOf } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { rolesIn, type SamplingColumns } from '../sampling/columns.ts';
import { matchedBy, matchedSentence } from '../sampling/matched.ts';
import { survivalPartner } from '../sampling/survival.ts';
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
}

/** What the columns of a table are taken for. */
export interface Inferred {
  rows: number;
  /** Inputs and columns that are left out, in the order of the table. */
  columns: InferredColumn[];
  target: InferredColumn & InferredTarget;
}

/**
 * Infers what the columns of a table are.
 * @throws InputError if the table has no such target, or nothing can be learned from it
 */
export function infer(table: RawTable, hints: Hints): Inferred {
  const { path, decimal } = table;
  const profiles = profilesOf(table);
  assertNames(path, profiles, hints);
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
  const targetProfile = profiles.find(({ name }) => name === hints.target) as Profile;
  const found = columnOf(targetProfile);
  const targetColumn: InferredColumn = hints.classes ? { ...found, type: 'string', doubts: [] } : found;
  const count = hints.sampling?.count;
  const counted = count === undefined ? targetProfile : countedBy(table, targetProfile, count);
  const given = without(counted, targetColumn.missing);
  const target = { ...targetColumn, ...targetOf(path, given, targetColumn.type, hints.positive) };
  const columns = profiles
    .filter((profile) => profile !== targetProfile)
    .map((profile) => leaveOut(profile, columnOf(profile), hints));
  assertUsable(path, columns, target, hints.sampling);
  if (hints.sampling?.prior === undefined) assertNotMatched(table, columns, target);
  return { rows: table.rows.length, columns, target };
}

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

function assertNames(path: string, profiles: readonly Profile[], hints: Hints): void {
  const { target, leaveOut = [], sampling = {} } = hints;
  const known = profiles.map(({ name }) => name);
  for (const name of [target, ...leaveOut, ...rolesIn(sampling).map(([, column]) => column)]) {
    if (known.includes(name)) continue;
    throw inputError('UNKNOWN_COLUMN', path, name, someOf(known) + didYouMean(name, known));
  }
  if (leaveOut.includes(target))
    throw inputError('BAD_TARGET', path, `"${target}" is the target, and in --leave-out`);
}

function assertUsable(
  path: string,
  columns: readonly InferredColumn[],
  target: Inferred['target'],
  sampling: SamplingColumns = {},
): void {
  const roles = new Set(rolesIn(sampling).map(([, name]) => name));
  const inputs = columns.filter(({ name, leftOut }) => !leftOut && !roles.has(name));
  if (inputs.length === 0)
    throw inputError(
      'BAD_TARGET',
      path,
      `there is no column to predict "${target.name}" from; every other one is left out`,
    );
  const numbers = inputs.filter(({ type }) => type === 'integer' || type === 'number');
  const partner = survivalPartner(
    { name: target.name, isStatus: target.kind !== 'numeric' },
    numbers.map(({ name }) => name),
  );
  if (partner !== undefined)
    throw inputError('SURVIVAL', path, target.name, partner, `--leave-out "${partner}"`);
}

/** @throws InputError for the sets of a matched study, by any column of ids or categories */
function assertNotMatched(
  { path, columns: all, rows }: RawTable,
  columns: readonly InferredColumn[],
  target: Inferred['target'],
): void {
  if (target.kind !== 'binary') return;
  const textsOf = (name: string) => {
    const at = all.findIndex((column) => column.name === name);
    return rows.map(({ cells }) => textOf(cells[at]) || null);
  };
  const positives = textsOf(target.name).map((text) => Number(text === target.positive));
  const sets = columns
    .filter(({ type }) => type === 'integer' || type === 'string')
    .map(({ name }) => ({ name, values: textsOf(name) }));
  const matched = matchedBy(sets, positives);
  if (matched)
    throw inputError('MATCHED', path, matchedSentence(matched, `${target.name} = ${target.positive}`));
}
