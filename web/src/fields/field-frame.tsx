import type { Column } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocale } from '../locale.ts';

/** The attributes that tie a control to its explanation and its note. */
export interface ControlAttributes {
  id: string;
  name: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

export interface FieldFrameProps {
  column: Column;
  /** Something to clear. */
  isGiven: boolean;
  isFaulty: boolean;
  /** What is wrong with the entry, or should be known of it. */
  note: string;
  clear(): void;
  /** A group of controls carries its label as a legend. */
  isGroup?: boolean;
  children(control: ControlAttributes): ComponentChildren;
}

/** Label, clinical term, explanation on demand and, in place, what is to be said: the same around every kind of control. */
export function FieldFrame(props: FieldFrameProps) {
  const { column, isGiven, isFaulty, note, clear, isGroup = false, children } = props;
  const { messages, text } = useLocale();
  const [isExplained, setExplained] = useState(false);
  const id = `field-${column.name}`;
  const label = text(column.label);
  const term = text(column.term);
  const Label = isGroup ? 'span' : 'label';
  return (
    <div
      class="field"
      data-given={isGiven}
      {...(isGroup && {
        role: 'radiogroup',
        'aria-labelledby': `${id}-label`,
        'aria-describedby': `${id}-hint`,
      })}
    >
      <div class="field-head">
        <Label class="label" id={`${id}-label`} {...(!isGroup && { for: id })}>
          {label}
        </Label>
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
        <button
          type="button"
          class="clear"
          hidden={!isGiven}
          aria-label={messages.clear(label)}
          onClick={() => {
            clear();
            document.getElementById(isGroup ? `${id}-0` : id)?.focus();
          }}
        >
          {messages.clearShort}
        </button>
      </div>
      {term && <p class="term">{term}</p>}
      <p class="hint" id={`${id}-hint`} hidden={!isExplained}>
        {text(column.description)}
      </p>
      {children({
        id,
        name: column.name,
        'aria-describedby': `${id}-hint ${id}-note`,
        'aria-invalid': isFaulty,
      })}
      <p class="field-note" id={`${id}-note`} aria-live="polite">
        {note}
      </p>
    </div>
  );
}
