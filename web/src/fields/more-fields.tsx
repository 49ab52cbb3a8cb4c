import type { Column, ModelDescription } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import type { Entries } from './entries.ts';
import type { Fault } from './fault.ts';
import { Field } from './field.tsx';
import { givenText } from './kinds.ts';

export interface MoreFieldsProps {
  columns: readonly Column[];
  groups: ModelDescription['groups'];
  entries: Entries;
  faults: Readonly<Record<string, Fault>>;
  /** Whether answers have a range. */
  hasRange: boolean;
  enter(name: string, text: string): void;
  clearAll(): void;
  /** Before the fields. */
  children?: ComponentChildren;
}

/** The other fields: those without a group, then the groups of the model. A closed group shows its entries beside its name. */
export function MoreFields({
  columns,
  groups = [],
  hasRange,
  clearAll,
  children,
  ...fields
}: MoreFieldsProps) {
  const { messages, labelOf } = useLocale();
  const title = useRef<HTMLHeadingElement>(null);
  const clear = () => {
    clearAll();
    title.current?.focus({ preventScroll: true }); // the button disappears
  };
  const hints = [
    columns.some(({ required }) => required) && messages.addRequired,
    columns.some(({ required }) => !required) && messages.addHint,
    hasRange && messages.addHintOfRange,
  ];
  const filled = groups
    .map((group) => ({ ...group, columns: columns.filter((column) => column.group === group.name) }))
    .filter((group) => group.columns.length > 0);
  const alone = columns.filter(({ group }) => group === undefined);
  const isAnyGiven = columns.some(({ name }) => fields.entries[name]);
  return (
    <section class="more" aria-labelledby="more-title">
      <div class="more-head">
        <h2 id="more-title" ref={title} tabIndex={-1}>
          {messages.addWhatYouKnow}
        </h2>
        <button type="button" class="quiet" hidden={!isAnyGiven} onClick={clear}>
          {messages.clearAll}
        </button>
      </div>
      <p class="hint">{hints.filter(Boolean).join(' ')}</p>
      {children}
      {alone.length > 0 && (
        <div class="group">
          <GroupFields columns={alone} {...fields} />
        </div>
      )}
      {filled.map((group, index) => (
        <Group
          key={group.name}
          name={group.name}
          label={labelOf(group)}
          columns={group.columns}
          first={index === 0 && alone.length === 0}
          {...fields}
        />
      ))}
    </section>
  );
}

interface GroupProps extends Omit<MoreFieldsProps, 'groups' | 'hasRange' | 'clearAll' | 'children'> {
  name: string;
  label: string;
  first: boolean;
}

function Group({ name, label, columns, first, entries, faults, enter }: GroupProps) {
  const locale = useLocale();
  const [isOpen, setOpen] = useState(() => first || columns.some(({ name }) => entries[name]));
  const isFaulty = columns.some(({ name }) => faults[name]);
  const isShown = isOpen || isFaulty;
  const given = columns.flatMap((column) => {
    const value = givenText(column, entries[column.name] ?? '', locale);
    return value === undefined ? [] : [`${locale.labelOf(column)}: ${value}`];
  });
  return (
    <details
      class="group"
      data-group={name}
      open={isShown}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <span class="group-name">{label}</span>
        <span class="group-given">{given.join(' · ')}</span>
      </summary>
      {isShown && <GroupFields {...{ columns, entries, faults, enter }} />}
    </details>
  );
}

function GroupFields({ columns, entries, faults, enter }: Omit<GroupProps, 'name' | 'label' | 'first'>) {
  return (
    <div class="group-fields">
      {columns.map((column) => (
        <Field
          key={column.name}
          column={column}
          entry={entries[column.name] ?? ''}
          fault={faults[column.name]}
          enter={(entry) => enter(column.name, entry)}
        />
      ))}
    </div>
  );
}
