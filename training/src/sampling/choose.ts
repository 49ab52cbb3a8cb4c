import { didYouMean } from '@hearth/artifact';
import { type Fault, faultLine } from '../data/fault.ts';
import type { Field } from '../data/field.ts';
import { InputError } from '../errors.ts';
import { inputFields, rolesIn, type SamplingColumns } from './columns.ts';

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
 * @throws InputError BAD_SAMPLING for a column that does not exist or has two roles
 */
export function chooseSampling<D extends Described>(
  data: D,
  given: SamplingColumns,
  kept: readonly string[] = [],
): D {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const sampling: SamplingColumns = { ...data.sampling, ...named };
  const fields = [...new Set([...data.inputs, ...(data.samplingFields ?? [])])];
  const faults = samplingFaults(
    sampling,
    [...fields.map(({ name }) => name), data.target.name],
    data.target.name,
  );
  if (faults.length > 0)
    throw new InputError(
      'BAD_SAMPLING',
      faults.map(({ place, text }) =>
        faultLine({ place: `${data.path}: ${place in named ? '--' : 'hearth.'}${place}`, text }),
      ),
    );
  const isTaken = (name: string) => rolesIn(sampling).some(([, column]) => column === name);
  return {
    ...data,
    inputs: inputFields(fields, sampling, kept),
    samplingFields: fields.filter(({ name }) => isTaken(name)),
    sampling,
  };
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

/** What is wrong with the roles of columns; the place is the role. @param names of all columns */
export function samplingFaults(sampling: SamplingColumns, names: readonly string[], target: string): Fault[] {
  const taken = rolesIn(sampling);
  const others = names.filter((name) => name !== target);
  const faults = taken.flatMap(([role, column], i): Fault[] => {
    const fault = (text: string) => [{ place: role, field: column, text }];
    if (column === target) return fault(`"${column}" is the target`);
    if (!names.includes(column)) return fault(`there is no column "${column}"${didYouMean(column, others)}`);
    const before = taken.slice(0, i).find(([, other]) => other === column);
    return before ? fault(`"${column}" is the ${before[0]} already`) : [];
  });
  const isTwice = sampling.count !== undefined && sampling.weight !== undefined;
  const text = 'rows have either a count or a weight; multiply them into one weight';
  return isTwice ? [...faults, { place: 'weight', text }] : faults;
}
