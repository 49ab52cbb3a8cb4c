import type { Column, ModelDescription } from '@hearth/artifact';
import { isNumericColumn } from '../columns.ts';
import { useLocale } from '../locale.ts';
import { CategoryField } from './category-field.tsx';
import type { Entries, Fault } from './entries.ts';
import { NumberField } from './number-field.tsx';

export interface FormProps {
  columns: readonly Column[];
  groups: ModelDescription['groups'];
  entries: Entries;
  faults: Readonly<Record<string, Fault>>;
  enter(name: string, text: string): void;
}

/** The fields of a model, in its groups. One group alone needs no heading. */
export function Form({ columns, groups, ...fields }: FormProps) {
  const { messages, text } = useLocale();
  const filled = groups
    .map((group) => ({ ...group, columns: columns.filter((column) => column.group === group.name) }))
    .filter((group) => group.columns.length > 0);
  return (
    <form class="form" aria-label={messages.form} onSubmit={(event) => event.preventDefault()}>
      {filled.map((group) => (
        <fieldset key={group.name}>
          <legend class={filled.length > 1 ? 'group' : 'unseen'}>{text(group.label)}</legend>
          {group.columns.map((column) => (
            <Field key={column.name} column={column} {...fields} />
          ))}
        </fieldset>
      ))}
    </form>
  );
}

function Field({
  column,
  entries,
  faults,
  enter,
}: { column: Column } & Omit<FormProps, 'columns' | 'groups'>) {
  const shared = {
    entry: entries[column.name] ?? '',
    fault: faults[column.name],
    enter: (text: string) => enter(column.name, text),
  };
  return isNumericColumn(column) ? (
    <NumberField column={column} {...shared} />
  ) : (
    <CategoryField column={column} {...shared} />
  );
}
