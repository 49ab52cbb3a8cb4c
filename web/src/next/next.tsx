import type { Column, ModelDescription, Row } from '@hearth/artifact';
import { askNext, type NextReply } from '../api.ts';
import { withUnit } from '../format.ts';
import { useLocale } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { useSettings } from '../settings.ts';
import { useLatest } from '../use-latest.ts';
import { nextMessages } from './messages.ts';
import { openField } from './open-field.ts';

/** Milliseconds: the list is read, not watched while a person drags. */
const delay = 300;
/** So many columns are named. */
const named = 3;

/** Whether the API can say what to ask next: of a model that says how its training rows are spread, and whose answer can become narrower. */
export const offersNext = ({ data, interval, target }: ModelDescription): boolean =>
  data.bins !== undefined &&
  (interval !== undefined || target.type === 'binary' || target.type === 'classes');

/** The version is part of the question: another model gives other answers. */
const ask = ({
  row,
  prevalence,
}: {
  version: string;
  row: Row;
  prevalence: number | undefined;
}): Promise<NextReply> => askNext(row, prevalence);

export interface NextProps {
  model: ModelDescription;
  columns: readonly Column[];
  row: Row;
}

/** The fields that are expected to narrow the answer most; each opens its field. */
export function Next({ model, columns, row }: NextProps) {
  const locale = useLocale();
  const { reply, error } = useLatest(
    ask,
    { version: model.version, row, prevalence: useSettings().prevalence },
    delay,
  );
  // its place is kept, so that the fields below do not move when it arrives
  if (!reply) return error ? null : <div class="next" />;
  const words = nextMessages[locale.language];
  const found = reply.next.flatMap((each) => {
    const column = each.narrowing > 0 && columns.find(({ name }) => name === each.column);
    return column ? [{ ...each, column }] : [];
  });
  if (found.length === 0) return null;
  const scale = scaleOf(model.target, locale);
  const sized = (width: number) =>
    scale.kind === 'chance'
      ? words.points(locale.format.number(Math.round(100 * width)))
      : withUnit(locale.format.value(width), scale.unit);
  const isWidth = reply.measure === 'width';
  return (
    <section class="next" aria-labelledby="next-title">
      <h3 id="next-title">{words.title}</h3>
      <p class="hint">{isWidth ? words.width(sized(reply.now)) : words.entropy}</p>
      <ul>
        {found.slice(0, named).map(({ column, expected }) => (
          <li key={column.name}>
            <button type="button" onClick={() => openField(column)}>
              <strong>{locale.labelOf(column)}</strong>
              {isWidth && <small>{words.expected(sized(expected))}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
