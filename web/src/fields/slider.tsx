import type { NumericColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { nearestValue, rangeOf, stepOf } from './entries.ts';

export interface SliderProps {
  column: NumericColumn;
  entry: string;
  /** The value as a text with its unit. */
  write(value: number): string;
  enter(text: string): void;
}

/** The value of the field as a slider. The track is darker over the range of the training rows. */
export function Slider({ column, entry, write, enter }: SliderProps) {
  const { messages, format, labelOf } = useLocale();
  const { seen } = column;
  const { minimum, maximum } = rangeOf(column);
  const value = Number(entry);
  const isGiven = entry !== '' && Number.isFinite(value);
  const share = (at: number) => `${((at - minimum) / (maximum - minimum)) * 100}%`;
  const middle = (minimum + maximum) / 2;
  return (
    <span class="slide">
      <input
        type="range"
        aria-label={messages.slider(labelOf(column))}
        aria-valuetext={isGiven ? write(value) : messages.notGiven}
        min={minimum}
        max={maximum}
        step={stepOf(column)}
        value={isGiven ? value : middle}
        data-given={isGiven}
        style={{ '--seen-from': share(seen.minimum), '--seen-to': share(seen.maximum) }}
        onInput={({ currentTarget: { value } }) =>
          enter(column.enum ? String(nearestValue(column, Number(value))) : value)
        }
      />
      <span class="ends" aria-hidden="true">
        <span>{format.number(minimum)}</span>
        <span>{format.number(maximum)}</span>
      </span>
    </span>
  );
}
