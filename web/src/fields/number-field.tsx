import type { NumericColumn } from '@hearth/artifact';
import { useState } from 'preact/hooks';
import { withUnit } from '../format.ts';
import { useLocale } from '../locale.ts';
import { isBeyondData, listedValues, nextValue, rangeOf, unreadable } from './entries.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { readNumberText, writeNumberText } from './number-text.ts';
import { Slider } from './slider.tsx';
import { fromOtherUnit, inOtherUnit } from './units.ts';

export function NumberField(props: FieldProps<NumericColumn>) {
  const { column, entry, fault, enter } = props;
  const { messages, format, labelOf, text } = useLocale();
  const { minimum, maximum, type, seen, otherUnit } = column;
  const [isOther, setOther] = useState(false);
  const listed = listedValues(column);
  const { draft, setDraft } = useDraft(column, entry, isOther);
  const units = [column.unit, otherUnit?.unit].map(text);
  const unit = units[isOther ? 1 : 0] ?? '';
  const isWhole = type === 'integer' && !isOther;
  const bare = (value: number) => format.number(isOther ? inOtherUnit(column, value) : value);
  const number = (value: number) => withUnit(bare(value), unit);
  const allowed = listed
    ? messages.allowedValues(withUnit(listed.map(bare).join(', '), unit))
    : messages.allowed(
        isWhole,
        minimum === undefined ? minimum : bare(minimum),
        maximum === undefined ? maximum : number(maximum),
      );
  const beyond = messages.beyondSeen(labelOf(column), bare(seen.minimum), number(seen.maximum));
  const note = fault ? `${messages.fault[fault]} ${allowed}` : isBeyondData(column, entry) ? beyond : '';

  function nudge(event: KeyboardEvent): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const from = entry === '' || fault ? seen.minimum : Number(entry);
    enter(String(nextValue(column, from, event.key === 'ArrowUp' ? 1 : -1)));
  }

  return (
    <FieldFrame {...props} note={note}>
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
              style={{ '--places': placesOf(column) }}
              onInput={({ currentTarget: { value } }) => enter(setDraft(value))}
              onKeyDown={nudge}
              {...selectsAtFirstClick}
            />
            {otherUnit ? (
              <select
                class="unit"
                aria-label={messages.unitOf(labelOf(column))}
                value={isOther ? 1 : 0}
                onChange={({ currentTarget: { value } }) => setOther(value === '1')}
              >
                {units.map((each, index) => (
                  <option key={each} value={index}>
                    {each}
                  </option>
                ))}
              </select>
            ) : (
              unit && <span class="unit">{unit}</span>
            )}
          </span>
          <Slider column={column} entry={entry} write={number} enter={enter} />
        </div>
      )}
    </FieldFrame>
  );
}

/** For how many digits the field has room. */
function placesOf(column: NumericColumn): number {
  const { minimum, maximum } = rangeOf(column);
  const digits = Math.max(String(minimum).length, String(maximum).length);
  return Math.min(9, Math.max(4, digits + (column.type === 'integer' ? 0 : 1)));
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

/** The text as typed while it means the same as the entry; else the entry as the language writes it, in the chosen unit. */
function useDraft(column: NumericColumn, entry: string, isOther: boolean) {
  const { language } = useLocale();
  const [typed, setTyped] = useState({ text: '', language, isOther });
  function read(text: string): string {
    if (text.trim() === '') return '';
    const number = readNumberText(text, language);
    if (number === undefined) return unreadable;
    return isOther ? String(fromOtherUnit(column, Number(number))) : number;
  }
  const isCurrent = typed.language === language && typed.isOther === isOther && read(typed.text) === entry;
  const own = isOther && entry !== '' && Number.isFinite(Number(entry));
  const text = own ? String(inOtherUnit(column, Number(entry))) : entry;
  return {
    draft: isCurrent ? typed.text : writeNumberText(text, language),
    /** @returns the entry for the text */
    setDraft(text: string): string {
      setTyped({ text, language, isOther });
      return read(text);
    },
  };
}
