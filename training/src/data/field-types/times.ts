import { type CheckedColumn, kindOf, type TimeColumn, timeFormatFault } from '@hearth/artifact';
import type { Cell, Field } from '../field.ts';
import { common, type FieldType } from './field-type.ts';

type Type = TimeColumn['type'];

/** A value of the calendar. */
const anyTime: Record<Type, string> = { date: '2000-01-01', datetime: '2000-01-01T00:00:00' };

export const date = timeField('date', 'a date');
export const datetime = timeField('datetime', 'a datetime');
/** It becomes the date of its first day. */
export const yearmonth: FieldType<Type> = timeField('date', 'a yearmonth', '%Y-%m');

/** @param form how tables write it, unless the field has a `format` */
function timeField(type: Type, title: string, form?: string): FieldType<Type> {
  return {
    title,
    constraints: ['minimum', 'maximum'],
    takesCategories: false,
    formatFault(format) {
      if (format === 'default') return undefined;
      if (form) return 'leave it out';
      if (format === 'any') return 'write the form of its cells, such as %d/%m/%Y';
      return timeFormatFault(format, type);
    },
    checked,
    levels: () => undefined,
    fault(field) {
      const check = kindOf<TimeColumn>({ type }).check({ type, ...formatOf(field), ...common(field) });
      const wrong = Object.values(limitsOf(field)).find((text) => check(text) !== undefined);
      return wrong === undefined ? undefined : `constraints has the limit "${wrong}", which ${check(wrong)}`;
    },
    anyValue: (field) => limitsOf(field).minimum ?? limitsOf(field).maximum ?? anyTime[type],
    describe: (shared, field, values) => ({
      ...shared,
      type,
      ...limitsOf(field),
      ...(typeof field.example === 'string' && { example: field.example }),
      seen: seenRange(field, values),
      ...formatOf(field),
    }),
  };

  function checked(field: Field): CheckedColumn<TimeColumn> {
    return { type, ...limitsOf(field), ...formatOf(field), ...common(field) };
  }

  function limitsOf({ constraints: { minimum, maximum } }: Field): { minimum?: string; maximum?: string } {
    return {
      ...(minimum !== undefined && { minimum: String(minimum) }),
      ...(maximum !== undefined && { maximum: String(maximum) }),
    };
  }

  function formatOf({ format }: Field): { format?: string } {
    const pattern = form ?? (format === 'default' ? undefined : format);
    return pattern ? { format: pattern } : {};
  }

  function seenRange(field: Field, values: readonly Cell[]): TimeColumn['seen'] {
    const column = { ...checked(field), type } as TimeColumn;
    const { toCell, toValue } = kindOf<TimeColumn>(column);
    const cells = values.filter((value) => value !== null).map(toCell(column, field.timeZone));
    const write = (cell: number) => String(toValue(column)(cell));
    return {
      minimum: write(cells.reduce((a, b) => Math.min(a, b))),
      maximum: write(cells.reduce((a, b) => Math.max(a, b))),
    };
  }
}
