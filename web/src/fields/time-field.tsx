import type { TimeColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { isBeyondData } from './entries.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { kindOf } from './kinds.ts';

/** A date, or a date and time on the clock of the model's time zone, in the browser's own field. */
export function TimeField(props: FieldProps<TimeColumn>) {
  const { column, entry, fault, enter } = props;
  const locale = useLocale();
  const { messages, labelOf } = locale;
  const { minimum, maximum, seen } = column;
  const kind = kindOf(column);
  const shown = (time: string) => kind.show(column, time, locale) ?? time;
  const beyond = messages.beyondSeen(labelOf(column), shown(seen.minimum), shown(seen.maximum));
  const allowed = messages.allowedTimes(minimum && shown(minimum), maximum && shown(maximum));
  const wrong = fault && `${messages.fault[fault]} ${allowed}`.trim();
  return (
    <FieldFrame {...props} note={wrong ?? (isBeyondData(column, entry) ? beyond : '')}>
      {(control) => (
        <input
          {...control}
          class="entered"
          type={column.type === 'date' ? 'date' : 'datetime-local'}
          required={column.required}
          min={minimum}
          max={maximum}
          value={entry}
          onInput={({ currentTarget: { value } }) => enter(value)}
        />
      )}
    </FieldFrame>
  );
}
