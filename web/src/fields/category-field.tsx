import type { CategoryColumn } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import type { Fault } from './entries.ts';
import { FieldFrame } from './field-frame.tsx';

export interface CategoryFieldProps {
  column: CategoryColumn;
  entry: string;
  fault: Fault | undefined;
  enter(text: string): void;
}

export function CategoryField({ column, entry, fault, enter }: CategoryFieldProps) {
  const { messages, text } = useLocale();
  return (
    <FieldFrame column={column} fault={fault} allowed={messages.allowedCategories}>
      {(control) => (
        <select {...control} value={entry} onChange={({ currentTarget: { value } }) => enter(value)}>
          <option value="">{messages.notGiven}</option>
          {column.categories.map(({ value, label }) => (
            <option key={value} value={value}>
              {text(label)}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
