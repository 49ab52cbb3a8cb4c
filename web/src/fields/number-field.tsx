import type { NumericColumn } from '@hearth/artifact';
import { useState } from 'preact/hooks';
import { withUnit } from '../format.ts';
import { useLocale } from '../locale.ts';
import { isBeyondData, listedValues, nextValue, rangeOf, unreadable } from './entries.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { readNumberText, writeNumberText } from './number-text.ts';
import { Slider } from './slider.tsx';

export function NumberField({ column, entry, fault, enter, describedBy }: FieldProps<NumericColumn>) {
  const { messages, format, labelOf, text } = useLocale();
  const { minimum, maximum, type, seen } = column;
  const listed = listedValues(column);
  const { draft, setDraft } = useDraft(entry);
  const unit = text(column.unit);
  const isWhole = type === 'integer';
  const number = (value: number) => withUnit(format.number(value), unit);
  const allowed = listed
    ? messages.allowedValues(withUnit(listed.map(format.number).join(', '), unit))
    : messages.allowed(
        isWhole,
        minimum === undefined ? minimum : format.number(minimum),
        maximum === undefined ? maximum : number(maximum),
      );
  const beyond = messages.beyondSeen(labelOf(column), format.number(seen.minimum), number(seen.maximum));
  const note = fault ? `${messages.fault[fault]} ${allowed}` : isBeyondData(column, entry) ? beyond : '';

  function nudge(event: KeyboardEvent): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const from = entry === '' || fault ? seen.minimum : Number(entry);
    enter(String(nextValue(column, from, event.key === 'ArrowUp' ? 1 : -1)));
  }

  return (
    <FieldFrame
      column={column}
      note={note}
      isFaulty={fault !== undefined}
      isGiven={entry !== ''}
      clear={() => enter('')}
      describedBy={describedBy}
    >
      {(control) => (
        <div class="number-entry">
          <span class="measure">
            <input
              {...control}
              type="text"
              inputMode={isWhole ? 'numeric' : 'decimal'}
              required={column.required}
              autocomplete="off"
              value={draft}
              size={Math.max(3, String(rangeOf(column).maximum).length + (isWhole ? 0 : 2))}
              onInput={({ currentTarget: { value } }) => enter(setDraft(value))}
              onKeyDown={nudge}
              {...selectsAtFirstClick}
            />
            {unit && <span class="unit">{unit}</span>}
          </span>
          <Slider column={column} entry={entry} enter={enter} />
        </div>
      )}
    </FieldFrame>
  );
}

/** The first click into the field selects its number, so that typing replaces it; a second one places the caret. */
const selectsAtFirstClick = {
  onPointerDown: ({ currentTarget: field }: { currentTarget: HTMLInputElement }) => {
    field.dataset.isEntered = String(field === document.activeElement);
  },
  onClick: ({ currentTarget: field }: { currentTarget: HTMLInputElement }) => {
    if (field.dataset.isEntered === 'false' && field.selectionStart === field.selectionEnd) field.select();
  },
};

/** The text as typed while it means the same as the entry; else the entry as the language writes it. */
function useDraft(entry: string) {
  const { language } = useLocale();
  const [typed, setTyped] = useState({ text: '', language });
  const read = (text: string) => (text.trim() === '' ? '' : (readNumberText(text, language) ?? unreadable));
  const isCurrent = typed.language === language && read(typed.text) === entry;
  return {
    draft: isCurrent ? typed.text : writeNumberText(entry, language),
    /** @returns the entry for the text */
    setDraft(text: string): string {
      setTyped({ text, language });
      return read(text);
    },
  };
}
