import { readDate, readTime, writeDate, writeTime } from '../calendar.ts';
import type { TimeColumn } from '../columns.ts';
import { missingValuesOf } from '../missing.ts';
import { formatFault, formatReader } from '../time-format.ts';
import { typeName } from '../type-name.ts';
import { type Kind, orCode, rangeText, type Schema, typeOr, usualLimits } from './kind.ts';

/** The differences between dates and times. */
interface Form {
  /** The limits of a column that declares none. */
  first: string;
  last: string;
  /** The seconds of a text, or what is wrong with it. */
  read(text: string, timeZone?: string): number | string;
  write(seconds: number): string;
  title: string;
  schema: Schema;
}

const timeKind = ({ first, last, read, write, title, schema }: Form): Kind<TimeColumn> => {
  /** Of a text that has been checked. */
  const secondsOf = (text: string, timeZone?: string): number => Number(read(text, timeZone));
  const limitsOf = ({ minimum = first, maximum = last }: Pick<TimeColumn, 'minimum' | 'maximum'>) => ({
    minimum: secondsOf(minimum),
    maximum: secondsOf(maximum),
  });
  return {
    levels: () => undefined,
    range: (column) => ({ ...limitsOf(column), seen: limitsOf(column.seen) }),
    toCell: (_, timeZone) => (value) => secondsOf(String(value), timeZone),
    toValue: () => write,
    readText({ type, format }) {
      const toIso = format === undefined ? undefined : formatReader(format, type);
      return (text) => toIso?.(text) ?? text.replace(' ', 'T'); // pandas and R write times with a space
    },
    fault(column) {
      const { minimum, maximum, seen, example, format } = column;
      const unreadable = format === undefined ? undefined : formatFault(format, column.type);
      if (unreadable) return `has the format ${format}, which ${unreadable}`;
      const texts = { minimum, maximum, 'seen.minimum': seen.minimum, 'seen.maximum': seen.maximum, example };
      for (const [name, text] of Object.entries(texts)) {
        const fault = text !== undefined && read(text);
        if (typeof fault === 'string') return `has "${text}" as its ${name}, which ${fault}`;
      }
      const allowed = limitsOf(column);
      const isAllowed = (text: string) => {
        const cell = secondsOf(text);
        return cell >= allowed.minimum && cell <= allowed.maximum;
      };
      if (allowed.minimum > allowed.maximum)
        return `allows nothing: its minimum is ${minimum ?? first}, its maximum ${maximum ?? last}`;
      if (
        !isAllowed(seen.minimum) ||
        !isAllowed(seen.maximum) ||
        secondsOf(seen.minimum) > secondsOf(seen.maximum)
      )
        return `was seen from ${seen.minimum} to ${seen.maximum}, which is not within ${minimum ?? first} to ${maximum ?? last}`;
      if (example === undefined || (isAllowed(example) && !missingValuesOf(column)?.has(example)))
        return undefined;
      return `has the example ${example}, which it does not allow`;
    },
    check(column, timeZone) {
      const { minimum, maximum } = limitsOf(column);
      return (value) => {
        if (typeof value !== 'string') return `is ${typeName(value)}`;
        const cell = read(value, timeZone);
        if (typeof cell === 'string') return cell;
        if (cell < minimum) return 'is too early';
        return cell > maximum ? 'is too late' : undefined;
      };
    },
    allowed: ({ minimum, maximum }) => title + rangeText(minimum, maximum),
    unseen: ({ seen }) => `is outside the range of the training rows, ${seen.minimum} to ${seen.maximum}`,
    example(column) {
      const { minimum, maximum } = limitsOf(column.seen);
      const missing = missingValuesOf(column);
      const candidates = [
        write(Math.floor((minimum + maximum) / 2)),
        column.seen.minimum,
        column.seen.maximum,
      ];
      return candidates.find((text) => !missing?.has(text)) ?? column.seen.minimum;
    },
    valueAt(column, share) {
      const { minimum, maximum } = limitsOf(usualLimits(column));
      return write(minimum + Math.floor(share * (maximum - minimum)));
    },
    schema: ({ minimum, maximum }, codes, orNull) =>
      orCode(
        {
          type: typeOr('string', orNull),
          ...schema,
          ...(minimum !== undefined && { 'x-minimum': minimum }),
          ...(maximum !== undefined && { 'x-maximum': maximum }),
        },
        codes,
      ),
    datatype: 'BYTES',
  };
};

export const date = timeKind({
  first: '0001-01-01',
  last: '9999-12-31',
  read: readDate,
  write: writeDate,
  title: 'a date',
  schema: { format: 'date' },
});

export const datetime = timeKind({
  first: '0001-01-01T00:00:00',
  last: '9999-12-31T23:59:59',
  read: readTime,
  write: writeTime,
  title: 'a date and time',
  // without an offset it is not a date-time of RFC 3339
  schema: {
    anyOf: [
      { format: 'date-time' },
      {
        description: "On the clock of the model's time zone.",
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?$',
      },
    ],
  },
});
