import type { CategoryColumn, Column, ColumnOf, NumericColumn, Texts, Value } from '@hearth/artifact';
import type { Locale } from '../locale.ts';
import type { Fault } from './fault.ts';

/** One of the values that are chosen from, by its text. */
interface Choice {
  value: string;
  label: Texts;
  /** Whether no training row had it. */
  unseen?: boolean;
}

/** What the page does with the columns of one type. */
interface Kind<C extends Column> {
  /** The values where they are chosen; none where they are typed. */
  choices(column: C): readonly Choice[];
  /** What keeps a text from being a value of the column. */
  fault(column: C, text: string): Fault | false;
  /** The value that a text without a fault says. */
  read(text: string): Value;
  /** The value as a person reads it; undefined for what cannot be read. */
  show(column: C, text: string, locale: Locale): string | undefined;
  /** What the training rows had. */
  seen(column: C, locale: Locale): string;
}

const number: Kind<NumericColumn> = {
  choices: () => [],
  fault(column, text) {
    const value = Number(text);
    if (!Number.isFinite(value)) return 'not-a-number';
    // the service would take it for a value not given, which a person who types a number does not mean
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

/** Columns whose values are chosen. */
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

const withUnit = (text: string, unit: string): string => `${text}${unit && ` ${unit}`}`;

/** Whether a number stands in the data for a value that is not known. */
export const isCode = ({ missingCodes }: NumericColumn, value: number): boolean =>
  missingCodes?.some((code) => code.trim() !== '' && Number(code) === value) ?? false;

/** By type: one that is not in it does not compile. */
const kinds: { [T in Column['type']]: Kind<ColumnOf<T>> } = { number, integer: number, category };

export const kindOf = <C extends Column>({ type }: C) => kinds[type] as Kind<C>;

/** Whether no training row had the value that is entered. */
export const isUnseen = (column: Column, entry: string): boolean =>
  kindOf(column)
    .choices(column)
    .some(({ value, unseen }) => unseen && value === entry);

/** A given value as a person reads it; undefined for what is not given or cannot be read. */
export const givenText = (column: Column, entry: string, locale: Locale): string | undefined =>
  entry === '' ? undefined : kindOf(column).show(column, entry, locale);
