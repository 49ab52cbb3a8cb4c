import { useLocale } from '../locale.ts';
import { FieldFrame, type FieldProps } from './field-frame.tsx';
import { type Choice, isUnseen, kindOf } from './kinds.ts';

/** With more choices than this, the field is a drop-down list. */
export const mostSideBySide = 6;

export function ChoiceField(props: FieldProps) {
  const { column, entry, fault, enter } = props;
  const { messages, labelOf, text } = useLocale();
  const choices = kindOf(column).choices(column);
  const isList = choices.length > mostSideBySide;
  const unseen = isUnseen(column, entry) ? messages.unseenCategory(labelOf(column)) : '';
  const note = fault ? `${messages.fault[fault]} ${messages.allowedCategories}` : unseen;
  if (isList) {
    return (
      <FieldFrame {...props} note={note}>
        {(control) => (
          <select
            {...control}
            value={entry}
            required={column.required}
            onChange={({ currentTarget: { value } }) => enter(value)}
          >
            <option value="">{messages.notGiven}</option>
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {text(label)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
    );
  }
  return (
    <FieldFrame {...props} note={note} isGroup>
      {({ id, name }) => <Choices id={id} name={name} choices={choices} entry={entry} enter={enter} />}
    </FieldFrame>
  );
}

interface ChoicesProps extends Pick<FieldProps, 'entry' | 'enter'> {
  id: string;
  name: string | undefined;
  choices: readonly Choice[];
}

/** Choices side by side. */
export function Choices({ id, name, choices, entry, enter }: ChoicesProps) {
  const { text } = useLocale();
  return (
    <div class="choices">
      {choices.map(({ value, label }, index) => (
        <label key={value} class="choice">
          <input
            type="radio"
            id={`${id}-${index}`}
            name={name}
            value={value}
            checked={entry === value}
            onChange={() => enter(value)}
          />
          <span>{text(label)}</span>
        </label>
      ))}
    </div>
  );
}
