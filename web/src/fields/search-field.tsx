import type { CategoryColumn } from '@hearth/artifact';
import { useMemo, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { isOpen, isUnseen } from './kinds.ts';
import { categoryOf, suggestions } from './search.ts';

/** A text, with the categories that contain it as suggestions: for an open column, and for one of many categories. */
export function SearchField(props: FieldProps<CategoryColumn>) {
  const { column, entry, fault, enter } = props;
  const { messages, format, labelOf, text } = useLocale();
  const [typed, setTyped] = useState('');
  const named = useMemo(() => categoryOf(column, typed, text), [column, typed, text]);
  const known = column.categories.find(({ value }) => value === entry);
  const shown = named === entry ? typed : text(known?.label) || entry;
  const suggested = useMemo(() => suggestions(column, shown, text), [column, shown, text]);
  const unseen = isUnseen(column, entry) ? messages.unseenCategory(labelOf(column)) : '';
  const wrong =
    fault &&
    (isOpen(column) ? messages.fault[fault] : `${messages.fault[fault]} ${messages.allowedCategories}`);
  return (
    <FieldFrame {...props} note={wrong ?? unseen}>
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
            {suggested.map(({ value, label }) => (
              <option key={value} value={text(label) || value} />
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}
