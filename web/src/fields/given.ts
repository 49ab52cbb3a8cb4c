import type { Column } from '@hearth/artifact';
import type { Locale } from '../locale.ts';

/** A given value as a person reads it; undefined for what is not given or cannot be read. */
export function givenText(column: Column, entry: string, { text, format }: Locale): string | undefined {
  if (entry === '') return undefined;
  if (column.type === 'category') {
    const category = column.categories.find(({ value }) => value === entry);
    return category && text(category.label);
  }
  const value = Number(entry);
  const unit = text(column.unit);
  return Number.isFinite(value) ? `${format.number(value)}${unit && ` ${unit}`}` : undefined;
}
