import type { NumericColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { type Fault, stepOf, unreadable } from './entries.ts';
import { FieldFrame } from './field-frame.tsx';
import { Slider } from './slider.tsx';

export interface NumberFieldProps {
  column: NumericColumn;
  entry: string;
  fault: Fault | undefined;
  enter(text: string): void;
}

export function NumberField({ column, entry, fault, enter }: NumberFieldProps) {
  const { messages, format, text } = useLocale();
  const { minimum, maximum, type } = column;
  const unit = text(column.unit);
  const isWhole = type === 'integer';
  const allowed = messages.allowed(isWhole, format.number(minimum), format.number(maximum), unit);
  return (
    <FieldFrame column={column} fault={fault} allowed={allowed}>
      {(control) => (
        <>
          <span class="measure">
            <input
              {...control}
              type="number"
              inputMode={isWhole ? 'numeric' : 'decimal'}
              min={minimum}
              max={maximum}
              step={isWhole ? 1 : 'any'}
              autocomplete="off"
              value={entry === unreadable ? '' : entry}
              onInput={({ currentTarget: { value, validity } }) =>
                enter(validity.badInput ? unreadable : value)
              }
            />
            {unit && <span class="unit">{unit}</span>}
          </span>
          <Slider column={column} step={stepOf(column)} entry={entry} enter={enter} />
        </>
      )}
    </FieldFrame>
  );
}
