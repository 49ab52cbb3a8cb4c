import { twoClasses } from '../data/classes.ts';
import { mostClasses } from '../data/targets.ts';
import { type ColumnType, listed } from './column-type.ts';
import { type Profile, rowsOf } from './profile.ts';

/** What is to be predicted. */
export type InferredTarget =
  | { kind: 'binary'; positive: string; negative: string; why: string }
  | { kind: 'numeric'; why: string }
  | { kind: 'classes'; why: string }
  /** Nothing can be predicted; why is the fault. */
  | { kind: 'none'; why: string };

/** So few whole numbers may name classes. */
const fewNumbers = 10;
/**
 * @param given the values alone
 * @param wanted the value whose probability is predicted, if the user named it
 */
export function targetOf(
  given: Profile,
  type: ColumnType['type'],
  wanted: string | undefined,
): InferredTarget {
  const { name } = given;
  const values = [...given.counts.keys()];
  const fault = (why: string): InferredTarget => ({ kind: 'none', why });
  if (values.length === 0) return fault(`"${name}" has no value in any row`);
  if (values.length === 1)
    return fault(`every row has the same "${name}", ${listed(values)}: there is nothing to learn`);
  if (values.length === 2) {
    if (wanted !== undefined && !values.includes(wanted))
      return fault(
        `"${name}" is never ${listed([wanted])}; --positive takes ${values.map((v) => listed([v])).join(' or ')}`,
      );
    return binary(given, values, wanted);
  }
  if (wanted !== undefined)
    return fault(`"${name}" has ${values.length} different values; --positive is for a target of two`);
  if (type === 'integer' || type === 'number') {
    const few = type === 'integer' && values.length <= fewNumbers;
    const why = few ? `a number; if its ${values.length} values are classes: --classes` : 'a number';
    return { kind: 'numeric', why };
  }
  if (type === 'date' || type === 'datetime')
    return fault(`"${name}" is a date; a target is a number, or has at most ${mostClasses} different values`);
  const rows = rowsOf(given, values);
  if (values.length > rows / 2)
    return fault(
      `"${name}" has ${values.length} different texts in ${rows} rows; a target is a number, or has a few classes`,
    );
  if (values.length > mostClasses)
    return fault(`"${name}" has ${values.length} different texts; a target has at most ${mostClasses}`);
  return { kind: 'classes', why: `${values.length} classes: ${listed(values)}` };
}

function binary(given: Profile, values: readonly string[], wanted: string | undefined): InferredTarget {
  const { positive, negative, why } = twoClasses(given.counts, wanted);
  const [cases, rows] = [rowsOf(given, [positive]), rowsOf(given, values)];
  return {
    kind: 'binary',
    positive,
    negative,
    why: `the probability of ${listed([positive])} (${why}), in ${cases} of ${rows} rows; the other value is ${listed([negative])}`,
  };
}
