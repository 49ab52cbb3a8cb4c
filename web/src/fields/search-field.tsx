import type { CategoryColumn } from '@hearth/artifact';
import { useMemo, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import { Choices, mostSideBySide } from './choice-field.tsx';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { isOpen, isUnseen, kindOf } from './kinds.ts';
import { categoryOf, suggestions } from './search.ts';

/**
 * A text, with the categories that contain it as suggestions: for an open column, and for one of many categories. The few categories of an
 * open column, as imported models have them, stand beside each other too.
 */
export function SearchField(props: FieldProps<CategoryColumn>) {
  const { column, entry, fault, enter } = props;
  const { messages, format, labelOf, text } = useLocale();
  const [typed, setTyped] = useState('');
  const named = useMemo(() => categoryOf(column, typed, text), [column, typed, text]);
  const known = column.categories.find(({ value }) => value === entry);
  const shown = named === entry ? typed : text(known?.label) || entry;
  const suggested = useMemo(() => suggestions(column, shown, text), [column, shown, text]);
  const choices = kindOf(column).choices(column);
  const isFew = choices.length <= mostSideBySide;
  const unseen = isUnseen(column, entry) ? messages.unseenCategory(labelOf(column)) : '';
  const wrong =
    fault &&
    (isOpen(column) ? messages.fault[fault] : `${messages.fault[fault]} ${messages.allowedCategories}`);
  return (
    <FieldFrame {...props} note={wrong ?? unseen}>
      {(control) => (
        <>
          {isFew && (
            <div role="radiogroup" aria-labelledby={`${control.id}-label`}>
              <Choices
                id={`${control.id}-choice`}
                name={`${control.id}-choice`}
                choices={choices}
                entry={entry}
                enter={enter}
              />
            </div>
          )}
          <input
            {...control}
            class="entered"
            type="text"
            list={`${control.id}-list`}
            placeholder={isFew ? messages.another : messages.search(format.number(column.categories.length))}
            required={column.required}
            autocomplete="off"
            value={isFew && known ? '' : shown}
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
