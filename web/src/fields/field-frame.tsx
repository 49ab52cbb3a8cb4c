import type { Column } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useLocale } from '../locale.ts';
import type { Fault } from './entries.ts';

/** The attributes that tie a control to its label, its explanation and its fault. */
interface ControlAttributes {
  id: string;
  name: string;
  required: boolean;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

export interface FieldFrameProps {
  column: Column;
  fault: Fault | undefined;
  /** What the field accepts, in a sentence. */
  allowed: string;
  children(control: ControlAttributes): ComponentChildren;
}

/** Label, explanation and, in place, what is wrong: the same around every kind of control. */
export function FieldFrame({ column, fault, allowed, children }: FieldFrameProps) {
  const { messages, text } = useLocale();
  const id = `field-${column.name}`;
  const term = text(column.term);
  return (
    <div class="field">
      <label for={id}>{text(column.label)}</label>
      <p class="hint" id={`${id}-hint`}>
        {text(column.description)}
        {term && <span class="term"> {term}</span>}
      </p>
      {children({
        id,
        name: column.name,
        required: column.required,
        'aria-describedby': `${id}-hint ${id}-fault`,
        'aria-invalid': fault !== undefined,
      })}
      <p class="fault" id={`${id}-fault`} aria-live="polite">
        {fault && `${messages.fault[fault]} ${allowed}`}
      </p>
    </div>
  );
}
