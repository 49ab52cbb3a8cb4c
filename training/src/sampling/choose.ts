import { didYouMean } from '@hearth/artifact';
import type { Field } from '../data/field.ts';
import { inputError } from '../errors.ts';
import { rolesIn, type SamplingColumns } from './columns.ts';

/** The parts of a data package that say what its columns are. */
interface Described {
  path: string;
  inputs: Field[];
  target: Field;
  sampling?: SamplingColumns;
  samplingFields?: Field[];
}

/**
 * A data package whose columns have the roles that a user names. Such a column is no input of a model, unless it is kept.
 * @param given what the user says; what is left out is as the data package says
 * @param kept columns that are inputs all the same
 * @throws InputError for a column that does not exist or has two roles, or a prior of a target that is not binary
 */
export function chooseSampling<D extends Described>(
  data: D,
  given: SamplingColumns,
  kept: readonly string[] = [],
): D {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const sampling: SamplingColumns = { ...data.sampling, ...named };
  const fields = [...new Set([...data.inputs, ...(data.samplingFields ?? [])])];
  const taken = rolesIn(sampling);
  for (const [role, column] of taken) assertUsable(data, fields, role, column);
  const twice = taken.find(([, column], i) => taken.findIndex(([, other]) => other === column) < i);
  if (twice) throw inputError('BAD_SAMPLING', data.path, `"${twice[1]}" cannot be both ${roleOf(twice[1])}`);
  if (sampling.count !== undefined && sampling.weight !== undefined)
    throw inputError(
      'BAD_SAMPLING',
      data.path,
      'rows have either a count or a weight; multiply them into one weight',
    );
  const isTaken = (name: string) => taken.some(([, column]) => column === name);
  return {
    ...data,
    inputs: fields.filter(({ name }) => !isTaken(name) || kept.includes(name)),
    samplingFields: fields.filter(({ name }) => isTaken(name)),
    sampling,
  };

  function roleOf(column: string): string {
    return taken
      .filter(([, other]) => other === column)
      .map(([role]) => role)
      .join(' and ');
  }
}

/** `chooseSampling` for training: a time is an input too, if the user names it among the columns of the model. */
export function chooseForTraining<D extends Described>(
  data: D,
  given: SamplingColumns,
  columns: readonly string[] = [],
): D {
  const time = given.time ?? data.sampling?.time;
  return chooseSampling(
    data,
    given,
    columns.filter((name) => name === time),
  );
}

function assertUsable(
  { path, target }: Described,
  fields: readonly Field[],
  role: string,
  column: string,
): void {
  if (fields.some(({ name }) => name === column)) return;
  if (column === target.name)
    throw inputError('BAD_SAMPLING', path, `the ${role} cannot be the target "${column}"`);
  const known = fields.map(({ name }) => name);
  throw inputError('UNKNOWN_COLUMN', path, column, known.join(', ') + didYouMean(column, known));
}
