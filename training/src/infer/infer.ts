import { didYouMean, someOf } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { type ColumnType, categoriesOf, typeOf } from './column-type.ts';
import { type LeftOut, reasonToLeaveOut } from './left-out.ts';
import { classDoubts, numberDoubts } from './number-doubts.ts';
import { type Profile, profilesOf, rowsOf, without } from './profile.ts';
import type { RawTable } from './raw-table.ts';
import { survivalPartner } from './survival.ts';
import { type InferredTarget, targetOf } from './target.ts';

/** What the user says about a table; everything else is inferred. */
export interface Hints {
  target: string;
  /** The value of the target whose probability is predicted. */
  positive?: string;
  /** Texts that mean a missing value, in every column. */
  missing?: readonly string[];
  /** Columns that the model must not use. */
  leaveOut?: readonly string[];
  /** Columns whose numbers are names. */
  categories?: readonly string[];
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
    const read = hints.categories?.includes(profile.name) ? categoriesOf : typeOf;
    const type = read(profile, decimal, hints.missing ?? []);
    const given = without(profile, type.missing);
    const isNumber = type.type === 'integer' || type.type === 'number';
    return {
      name: profile.name,
      ...type,
      doubts: [...type.doubts, ...(isNumber ? numberDoubts(given, decimal) : [])],
      emptyRows: profile.rows - rowsOf(profile, [...profile.counts.keys()]),
      missingRows: profile.rows - rowsOf(given, [...given.counts.keys()]),
    };
  };
  const targetProfile = profiles.find(({ name }) => name === hints.target) as Profile;
  const targetColumn = columnOf(targetProfile);
  const given = without(targetProfile, targetColumn.missing);
  const found = targetOf(path, given, targetColumn.type, hints.positive);
  const doubts = found.kind === 'numeric' && targetColumn.type === 'integer' ? classDoubts(given) : [];
  const target = { ...targetColumn, ...found, doubts: [...targetColumn.doubts, ...doubts] };
  const columns = profiles
    .filter((profile) => profile !== targetProfile)
    .map((profile) => leaveOut(profile, columnOf(profile), hints));
  assertUsable(path, columns, target);
  return { rows: table.rows.length, columns, target };
}

function leaveOut(
  profile: Profile,
  column: InferredColumn,
  { leaveOut: unwanted = [] }: Hints,
): InferredColumn {
  const why: LeftOut | undefined = unwanted.includes(column.name)
    ? { why: '--leave-out' }
    : reasonToLeaveOut(profile, column);
  if (!why) return column;
  const repeats = why.repeats
    ? [
        `rows of one "${column.name}" belong together, but can be in different folds: the scores may look too good`,
      ]
    : [];
  return { ...column, leftOut: why, doubts: repeats };
}

function assertNames(
  path: string,
  profiles: readonly Profile[],
  { target, leaveOut = [], categories = [] }: Hints,
): void {
  const known = profiles.map(({ name }) => name);
  for (const name of [target, ...leaveOut, ...categories]) {
    if (known.includes(name)) continue;
    throw inputError('UNKNOWN_COLUMN', path, name, someOf(known) + didYouMean(name, known));
  }
  if (leaveOut.includes(target))
    throw inputError('BAD_TARGET', path, `"${target}" is the target, and in --leave-out`);
}

function assertUsable(path: string, columns: readonly InferredColumn[], target: Inferred['target']): void {
  const inputs = columns.filter(({ leftOut }) => !leftOut);
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
  if (partner !== undefined) throw inputError('SURVIVAL', path, target.name, partner);
}
