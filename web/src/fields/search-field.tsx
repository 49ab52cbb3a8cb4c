import type { CategoryColumn } from '@hearth/artifact';
import { useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { isOpen, isUnseen } from './kinds.ts';
import { categoryOf, suggestions } from './search.ts';

/** A text, with the categories that contain it as suggestions: for an open column, and for one of many categories. */
export function SearchField({ column, entry, fault, enter, describedBy }: FieldProps<CategoryColumn>) {
  const { messages, format, labelOf, text } = useLocale();
  const [typed, setTyped] = useState('');
  const isCurrent = categoryOf(column, typed, text) === entry;
  const known = column.categories.find(({ value }) => value === entry);
  const shown = isCurrent ? typed : text(known?.label) || entry;
  const unseen = isUnseen(column, entry) ? messages.unseenCategory(labelOf(column)) : '';
  const wrong =
    fault &&
    (isOpen(column) ? messages.fault[fault] : `${messages.fault[fault]} ${messages.allowedCategories}`);
  return (
    <FieldFrame
      column={column}
      note={wrong ?? unseen}
      fault={fault}
      isGiven={entry !== ''}
      clear={() => enter('')}
      describedBy={describedBy}
    >
      {(control) => (
        <>
          <input
            {...control}
            class="entered"
            type="text"
            list={`${control.id}-list`}
            placeholder={messages.search(format.number(column.categories.length))}
            required={column.required}
            autocomplete="off"
            value={shown}
            onInput={({ currentTarget: { value } }) => {
              setTyped(value);
              enter(categoryOf(column, value, text));
            }}
          />
          <datalist id={`${control.id}-list`}>
            {suggestions(column, shown, text).map(({ value, label }) => (
              <option key={value} value={text(label) || value} />
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}
