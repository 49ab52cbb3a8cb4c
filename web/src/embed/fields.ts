import type { Column } from '@hearth/artifact';
import { isNumericColumn, isOpen, isTimeColumn, kindOf } from '../fields/kinds.ts';
import { readNumberText } from '../fields/number-text.ts';
import type { Locale } from './locale.ts';

/** The control of one column, and what was entered into it. */
export interface EmbedField {
  element: HTMLElement;
  /** The entry as the page has it: numbers with a decimal point; `?` for text that is no number. */
  entry(): string;
  /** Shows a fault, or none. */
  note(text: string): void;
}

/** @param changed called on each change */
export function fieldOf(column: Column, locale: Locale, changed: () => void): EmbedField {
  const { language, text, words } = locale;
  const element = document.createElement('p');
  const id = `field-${column.name}`;
  const label = document.createElement('label');
  label.htmlFor = id;
  label.textContent = text(column.label) || column.name;
  const unit = isNumericColumn(column) ? text(column.unit) : '';
  if (unit) {
    const small = document.createElement('span');
    small.className = 'unit';
    small.textContent = ` (${unit})`;
    label.append(small);
  }
  const control = isSelected(column) ? selectOf(column, locale) : inputOf(column);
  const note = document.createElement('span');
  note.className = 'note';
  note.id = `${id}-note`;
  control.id = id;
  control.required = column.required ?? false;
  control.setAttribute('aria-describedby', note.id);
  control.addEventListener('input', changed);
  element.append(label, control, note);
  return {
    element,
    entry() {
      const typed = control.value.trim();
      return isNumericColumn(column) && typed !== '' ? (readNumberText(typed, language) ?? '?') : typed;
    },
    note(shown) {
      note.textContent = shown;
      control.setAttribute('aria-invalid', String(shown !== '' && shown !== words.required));
    },
  };
}

const isSelected = (column: Column): boolean =>
  !isNumericColumn(column) && !isTimeColumn(column) && !isOpen(column);

function inputOf(column: Column): HTMLInputElement {
  const input = document.createElement('input');
  if (column.type === 'date') input.type = 'date';
  else if (column.type === 'datetime') input.type = 'datetime-local';
  else
    input.inputMode = isNumericColumn(column) ? (column.type === 'integer' ? 'numeric' : 'decimal') : 'text';
  input.autocomplete = 'off';
  return input;
}

function selectOf(column: Column, { text, words }: Locale): HTMLSelectElement {
  const select = document.createElement('select');
  const choices = kindOf(column).choices(column);
  select.append(
    new Option(words.notGiven, ''),
    ...choices.map(({ value, label }) => new Option(text(label), value)),
  );
  return select;
}
