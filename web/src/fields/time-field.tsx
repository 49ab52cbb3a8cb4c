import type { TimeColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { kindOf, withSeconds } from './kinds.ts';

/** A date, or a date and time on the clock of the model's time zone, in the browser's own field. */
export function TimeField({ column, entry, fault, enter }: FieldProps<TimeColumn>) {
  const locale = useLocale();
  const { messages, labelOf } = locale;
  const { minimum, maximum, seen } = column;
  const kind = kindOf(column);
  const shown = (time: string) => kind.show(column, time, locale) ?? time;
  const isBeyond =
    entry !== '' &&
    (withSeconds(entry) < withSeconds(seen.minimum) || withSeconds(entry) > withSeconds(seen.maximum));
  const beyond = messages.beyondSeen(labelOf(column), shown(seen.minimum), shown(seen.maximum));
  const allowed = messages.allowedTimes(minimum && shown(minimum), maximum && shown(maximum));
  const wrong = fault && `${messages.fault[fault]} ${allowed}`.trim();
  return (
    <FieldFrame
      column={column}
      note={wrong ?? (isBeyond ? beyond : '')}
      isFaulty={fault !== undefined}
      isGiven={entry !== ''}
      clear={() => enter('')}
    >
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
