import type { Column } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';
import type { Fault } from './fault.ts';

export interface FieldProps<C extends Column = Column> {
  column: C;
  entry: string;
  fault: Fault | undefined;
  enter(text: string): void;
  /** The id of a text about the field, besides its own. */
  describedBy?: string | undefined;
}

/** The attributes that link a control to its explanation and its note. */
export interface ControlAttributes {
  id: string;
  name: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

export interface FieldFrameProps extends FieldProps {
  /** A fault or a warning about the entry; empty if there is none. */
  note: string;
  /** Several controls under one label, such as radio buttons. */
  isGroup?: boolean;
  children(control: ControlAttributes): ComponentChildren;
}

/** Label, clinical term, explanation on demand and note: the same around every kind of control. */
export function FieldFrame(props: FieldFrameProps) {
  const { column, entry, fault, enter, describedBy, note, isGroup = false, children } = props;
  const { messages, labelOf, text } = useLocale();
  const [isExplained, setExplained] = useState(false);
  const id = `field-${column.name}`;
  const label = labelOf(column);
  const term = text(column.term);
  const description = text(column.description);
  const about = [description && `${id}-hint`, describedBy].filter(Boolean).join(' ');
  const isGiven = entry !== '';
  const Label = isGroup ? 'span' : 'label';
  return (
    <div
      class="field"
      data-given={isGiven}
      {...(isGroup && {
        role: 'radiogroup',
        'aria-labelledby': `${id}-label`,
        ...(about && { 'aria-describedby': about }),
      })}
    >
      <div class="field-head">
        <Label class="label" id={`${id}-label`} {...(!isGroup && { for: id })}>
          {label}
          {column.required && <span class="required"> {messages.required}</span>}
        </Label>
        {description && (
          <button
            type="button"
            class="explain"
            aria-label={messages.explain(label)}
            aria-expanded={isExplained}
            aria-controls={`${id}-hint`}
            onClick={() => setExplained(!isExplained)}
          >
            ?
          </button>
        )}
        <button
          type="button"
          class="clear"
          hidden={!isGiven}
          aria-label={messages.clear(label)}
          onClick={() => {
            enter('');
            document.getElementById(isGroup ? `${id}-0` : id)?.focus();
          }}
        >
          {messages.clearShort}
        </button>
      </div>
      {term && <p class="term">{term}</p>}
      {description && (
        <p class="hint" id={`${id}-hint`} hidden={!isExplained}>
          {description}
        </p>
      )}
      {children({
        id,
        name: column.name,
        'aria-describedby': [about, `${id}-note`].filter(Boolean).join(' '),
        'aria-invalid': fault !== undefined && fault !== 'empty',
      })}
      <p class="field-note" id={`${id}-note`} aria-live="polite">
        {fault === 'empty' ? '' : note}
      </p>
    </div>
  );
}
