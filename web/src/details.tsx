import type { Column, ModelDescription, Row } from '@hearth/artifact';
import { AnswerStrip } from './answer/answer-strip.tsx';
import type { ShownPrediction } from './api.ts';
import { CurveView } from './chart/curve.tsx';
import type { Entries } from './fields/entries.ts';
import type { Fault } from './fields/fault.ts';
import { MoreFields } from './fields/more-fields.tsx';
import { Foot } from './foot.tsx';
import type { LatestState } from './latest.ts';
import { useLocale } from './locale.ts';
import { Meaning } from './meaning.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { scaleOf } from './scale.ts';
import { WhenNear } from './when-near.tsx';
import { ContributionsView } from './why/contributions.tsx';
import { Narrowing } from './why/narrowing.tsx';

interface RestProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
}

export interface DetailsProps extends RestProps {
  /** What is asked about; undefined while an entry is at fault. */
  row: Row | undefined;
  faults: Readonly<Record<string, Fault>>;
  answer: LatestState<ShownPrediction>;
  /** The column that the page begins with. */
  lead: Column | undefined;
  enter(name: string, text: string): void;
  change(entries: Entries): void;
}

/** What goes on from the answer: more to give, what moved the number, and its curve. */
export function Details({ model, columns, entries, row, faults, answer, lead, enter, change }: DetailsProps) {
  const locale = useLocale();
  const { reply, trouble, pending } = answer;
  const others = columns.filter((column) => column !== lead);
  const isExplained = reply?.contributions !== undefined && columns.length > 1;
  const scale = scaleOf(model.target, locale);
  return (
    <>
      {others.length > 0 && (
        <MoreFields
          columns={others}
          groups={model.groups}
          entries={entries}
          faults={faults}
          enter={enter}
          clearAll={() => change(lead ? { [lead.name]: entries[lead.name] ?? '' } : {})}
        />
      )}
      <div class="why" data-pending={pending}>
        {isExplained && <ContributionsView model={model} answer={reply} entries={entries} />}
        {isExplained && row && columns.some(({ name }) => entries[name]) && (
          <Narrowing model={model} row={row} />
        )}
      </div>
      <WhenNear class="curve">
        {() => (
          <CurveView
            model={model}
            row={row}
            isAnswered={!trouble}
            lead={lead?.name}
            enter={(name, value) => enter(name, String(value))}
          />
        )}
      </WhenNear>
      <AnswerStrip text={reply && scale.text(scale.of(reply))} />
    </>
  );
}

/** What the number means, by which model it was made, and the sheet that stands in for the fields on paper. */
export function Colophon({ model, columns, entries }: RestProps) {
  return (
    <>
      <Meaning model={model} />
      <PrintSheet model={model} columns={columns} entries={entries} />
      <Foot model={model} entries={entries} />
    </>
  );
}
