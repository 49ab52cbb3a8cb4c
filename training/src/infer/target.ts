import { twoClasses } from '../data/classes.ts';
import { mostClasses } from '../data/targets.ts';
import { type ColumnType, listed } from './column-type.ts';
import { type Profile, rowsOf } from './profile.ts';

/** What is to be predicted. */
export type InferredTarget =
  | { kind: 'binary'; positive: string; negative: string; why: string }
  | { kind: 'numeric'; why: string }
  | { kind: 'count'; why: string }
  | { kind: 'classes'; why: string }
  /** Nothing can be predicted; why is the fault. */
  | { kind: 'none'; why: string };

/** So few whole numbers may name classes. */
const fewNumbers = 10;
/** Numbers with a larger mean are hardly told from other numbers by a Poisson distribution. */
const mostOfCounts = 20;
/**
 * @param given the values alone
 * @param hints the value whose probability is predicted, if the user named it; whether the user says that values are counts; the quantiles to predict
 */
export function targetOf(
  given: Profile,
  type: ColumnType['type'],
  {
    positive: wanted,
    counts = false,
    quantiles,
  }: { positive?: string; counts?: boolean; quantiles?: readonly number[] },
): InferredTarget {
  const { name } = given;
  const values = [...given.counts.keys()];
  const fault = (why: string): InferredTarget => ({ kind: 'none', why });
  if (values.length === 0) return fault(`"${name}" has no value in any row`);
  if (values.length === 1)
    return fault(`every row has the same "${name}", ${listed(values)}: there is nothing to learn`);
  if (quantiles) {
    return type === 'integer' || type === 'number'
      ? { kind: 'numeric', why: `a number, of which ${quantiles.length} quantiles are predicted` }
      : fault(`"${name}" is no number: --quantiles is for a target of numbers`);
  }
  if (counts) {
    const other = values.find((value) => !/^\d+([.,]0*)?$/.test(value.trim()));
    return other === undefined && wanted === undefined
      ? { kind: 'count', why: 'a count' }
      : fault(
          other === undefined
            ? '--positive and --counts exclude each other'
            : `"${name}" has ${listed([other])}; --counts is for whole numbers from 0`,
        );
  }
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
    const ifElse = [
      ...(few ? [`if its ${values.length} values are classes: --classes`] : []),
      ...(type === 'integer' && looksCounted(given) ? ['if it counts events: --counts'] : []),
    ];
    const why = ['a number', ...ifElse].join('; ');
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

/** Whether whole numbers may be counts: none is below 0, 0 is among them, and the mean is small. */
function looksCounted(given: Profile): boolean {
  const values = [...given.counts].map(([text, rows]) => ({ value: Number(text), rows }));
  if (!values.some(({ value }) => value === 0) || values.some(({ value }) => !(value >= 0))) return false;
  const rows = values.reduce((sum, each) => sum + each.rows, 0);
  return values.reduce((sum, each) => sum + each.rows * each.value, 0) / rows < mostOfCounts;
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
