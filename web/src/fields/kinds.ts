import type {
  BooleanColumn,
  CategoryColumn,
  Column,
  ColumnOf,
  NumericColumn,
  Texts,
  TimeColumn,
  Value,
} from '@hearth/artifact';
import { withUnit } from '../format.ts';
import type { Locale } from '../locale.ts';
import type { Fault } from './fault.ts';

/** One value of a column whose values are chosen. */
export interface Choice {
  value: string;
  label: Texts;
  /** No training row had it. */
  unseen?: boolean;
}

/** How the page handles the columns of one type. */
interface Kind<C extends Column> {
  /** The values, if they are chosen; empty if they are typed. */
  choices(column: C): readonly Choice[];
  /** Why the text is not a value of the column; false if it is one. */
  fault(column: C, text: string): Fault | false;
  /** The value of a text that has no fault. */
  read(text: string): Value;
  /** The value as shown to a person; undefined for text that cannot be read. */
  show(column: C, text: string, locale: Locale): string | undefined;
  /** The least and the greatest value of the training rows; undefined for values that are chosen. */
  range(column: C, locale: Locale): readonly [string, string] | undefined;
  /** The values that the training rows had. */
  seen(column: C, locale: Locale): string;
}

/** How far numbers go without a limit (docs/FORMAT.md). */
const greatest = { number: 3.4028234663852886e38, integer: Number.MAX_SAFE_INTEGER };

const number: Kind<NumericColumn> = {
  choices: () => [],
  fault(column, text) {
    const value = Number(text);
    if (!Number.isFinite(value)) return 'not-a-number';
    // the service would read this number as a missing value; a person who types a number does not mean that
    if (isCode(column, value)) return 'stands-for-unknown';
    const { minimum, maximum, type } = column;
    if (value < (minimum ?? -greatest[type])) return 'too-small';
    if (value > (maximum ?? greatest[type])) return 'too-large';
    if (column.type === 'integer' && !Number.isInteger(value)) return 'not-whole';
    return column.enum !== undefined && !column.enum.includes(value) && 'not-listed';
  },
  read: Number,
  show(column, entry, { text, format }) {
    const value = Number(entry);
    return Number.isFinite(value) ? withUnit(format.number(value), text(column.unit)) : undefined;
  },
  range: ({ unit, seen }, { text, format }) => [
    format.number(seen.minimum),
    withUnit(format.number(seen.maximum), text(unit)),
  ],
  seen: (column, locale) => number.range(column, locale)?.join(' – ') ?? '',
};

/** The kind of columns whose values are chosen. */
const chosen = <C extends Column>(
  choices: (column: C) => readonly Choice[],
  read: (text: string) => Value,
): Kind<C> => ({
  choices,
  fault: (column, text) => !choices(column).some(({ value }) => value === text) && 'not-a-category',
  read,
  show(column, entry, { text }) {
    const found = choices(column).find(({ value }) => value === entry);
    return found && text(found.label);
  },
  range: () => undefined,
  seen(column, { text }) {
    const given = choices(column).filter(({ unseen }) => !unseen);
    return given.map(({ label }) => text(label)).join(', ');
  },
});

const listed = chosen<CategoryColumn>(
  ({ categories, unseen }) =>
    categories.map(({ value, label = { en: value } }) => ({
      value,
      label,
      unseen: unseen?.includes(value),
    })),
  (text) => text,
);

const category: Kind<CategoryColumn> = {
  ...listed,
  fault: (column, text) => !column.open && listed.fault(column, text),
  show: (column, entry, locale) => listed.show(column, entry, locale) ?? (column.open ? entry : undefined),
  seen(column, { text }) {
    const given = listed.choices(column).filter(({ unseen }) => !unseen);
    return given.map(({ label }) => text(label)).join(column.ordered ? ' < ' : ', ');
  },
};

const yesAndNo = [
  { value: 'true', label: { en: 'Yes', 'pt-BR': 'Sim' } },
  { value: 'false', label: { en: 'No', 'pt-BR': 'Não' } },
];
const boolean = chosen<BooleanColumn>(
  () => yesAndNo,
  (text) => text === 'true',
);

/** Dates and times as texts that a field of the browser has; the texts of one kind are in the order of their times. */
const timeKind = (
  form: RegExp,
  fault: Fault,
  write: (text: string, locale: Locale) => string,
): Kind<TimeColumn> => {
  const isTime = (text: string) => form.test(text) && isDay(text.slice(0, 10));
  const kind: Kind<TimeColumn> = {
    choices: () => [],
    fault({ minimum, maximum }, text) {
      if (!isTime(text)) return fault;
      if (minimum !== undefined && withSeconds(text) < withSeconds(minimum)) return 'too-early';
      return maximum !== undefined && withSeconds(text) > withSeconds(maximum) && 'too-late';
    },
    read: (text) => text,
    show: (_, text, locale) => (isTime(text) ? write(text, locale) : undefined),
    range: ({ seen }, locale) => [write(seen.minimum, locale), write(seen.maximum, locale)],
    seen: (column, locale) => kind.range(column, locale)?.join(' – ') ?? '',
  };
  return kind;
};

/** Browsers read 30 February as a day in March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A time with seconds; the field of a browser leaves :00 out. A date as it is. */
export const withSeconds = (text: string): string =>
  text.length === 'yyyy-mm-ddThh:mm'.length ? `${text}:00` : text;

const date = timeKind(/^\d{4}-\d\d-\d\d$/, 'not-a-date', (text, { format }) => format.date(text));
const datetime = timeKind(
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/,
  'not-a-time',
  (text, { format }) => format.time(text),
);

/** Whether the values of a column are numbers. */
export const isNumericColumn = (column: Column): column is NumericColumn =>
  column.type === 'number' || column.type === 'integer';

export const isTimeColumn = (column: Column): column is TimeColumn =>
  column.type === 'date' || column.type === 'datetime';

/** Whether the column also takes texts that are not listed. */
export const isOpen = (column: Column): column is CategoryColumn =>
  column.type === 'category' && column.open === true;

/** Whether the data use this number as a code for a missing value. */
export const isCode = ({ missingCodes }: NumericColumn, value: number): boolean =>
  missingCodes?.some((code) => code.trim() !== '' && Number(code) === value) ?? false;

/** Every type of column must be in this table, or it does not compile. */
const kinds: { [T in Column['type']]: Kind<ColumnOf<T>> } = {
  number,
  integer: number,
  boolean,
  category,
  date,
  datetime,
};

export const kindOf = <C extends Column>({ type }: C) => kinds[type] as Kind<C>;

/** Whether no training row had the entered value of a column whose values are chosen. */
export function isUnseen(column: Column, entry: string): boolean {
  const text = entry.trim();
  const choice = kindOf(column)
    .choices(column)
    .find(({ value }) => value === text);
  return choice ? choice.unseen === true : text !== '' && isOpen(column);
}

/** An entry as shown to a person; undefined if it is empty or cannot be read. */
export const givenText = (column: Column, entry: string, locale: Locale): string | undefined =>
  entry === '' ? undefined : kindOf(column).show(column, entry, locale);
