import type { CategoryColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { isUnseen } from './kinds.ts';

/** A text, with the categories as suggestions. */
export function OpenField({ column, entry, fault, enter, describedBy }: FieldProps<CategoryColumn>) {
  const { messages, labelOf, text } = useLocale();
  const unseen = isUnseen(column, entry) ? messages.unseenCategory(labelOf(column)) : '';
  return (
    <FieldFrame
      column={column}
      note={fault ? messages.fault[fault] : unseen}
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
            required={column.required}
            autocomplete="off"
            value={entry}
            onInput={({ currentTarget: { value } }) => enter(value)}
          />
          <datalist id={`${control.id}-list`}>
            {column.categories.map(({ value, label }) => (
              <option key={value} value={value}>
                {text(label)}
              </option>
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}
