import type { CategoryColumn, Column, ColumnOf, NumericColumn, Texts, Value } from '@hearth/artifact';
import { withUnit } from '../format.ts';
import type { Locale } from '../locale.ts';
import type { Fault } from './fault.ts';

/** One value of a column whose values are chosen. */
interface Choice {
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
  /** The values that the training rows had. */
  seen(column: C, locale: Locale): string;
}

const number: Kind<NumericColumn> = {
  choices: () => [],
  fault(column, text) {
    const value = Number(text);
    if (!Number.isFinite(value)) return 'not-a-number';
    // the service would read this number as a missing value; a person who types a number does not mean that
    if (isCode(column, value)) return 'stands-for-unknown';
    if (value < column.minimum) return 'too-small';
    if (value > column.maximum) return 'too-large';
    if (column.type === 'integer' && !Number.isInteger(value)) return 'not-whole';
    return column.enum !== undefined && !column.enum.includes(value) && 'not-listed';
  },
  read: Number,
  show(column, entry, { text, format }) {
    const value = Number(entry);
    return Number.isFinite(value) ? withUnit(format.number(value), text(column.unit)) : undefined;
  },
  seen({ unit, seen: { minimum, maximum } }, { text, format }) {
    return withUnit(`${format.number(minimum)} – ${format.number(maximum)}`, text(unit));
  },
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
  seen(column, { text }) {
    const given = choices(column).filter(({ unseen }) => !unseen);
    return given.map(({ label }) => text(label)).join(', ');
  },
});

const category = chosen<CategoryColumn>(
  ({ categories, unseen }) => categories.map((each) => ({ ...each, unseen: unseen?.includes(each.value) })),
  (text) => text,
);

/** Whether the values of a column are numbers. */
export const isNumericColumn = (column: Column): column is NumericColumn =>
  column.type === 'number' || column.type === 'integer';

/** Whether the data use this number as a code for a missing value. */
export const isCode = ({ missingCodes }: NumericColumn, value: number): boolean =>
  missingCodes?.some((code) => code.trim() !== '' && Number(code) === value) ?? false;

/** Every type of column must be in this table, or it does not compile. */
const kinds: { [T in Column['type']]: Kind<ColumnOf<T>> } = { number, integer: number, category };

export const kindOf = <C extends Column>({ type }: C) => kinds[type] as Kind<C>;

/** Whether no training row had the entered value. */
export const isUnseen = (column: Column, entry: string): boolean =>
  kindOf(column)
    .choices(column)
    .some(({ value, unseen }) => unseen && value === entry);

/** An entry as shown to a person; undefined if it is empty or cannot be read. */
export const givenText = (column: Column, entry: string, locale: Locale): string | undefined =>
  entry === '' ? undefined : kindOf(column).show(column, entry, locale);
