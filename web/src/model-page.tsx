import type { ModelDescription } from '@hearth/artifact';
import { useEffect, useMemo } from 'preact/hooks';
import { AnswerView } from './answer/answer.tsx';
import { AnswerStrip } from './answer/answer-strip.tsx';
import { predict } from './api.ts';
import { CurveView } from './chart/curve.tsx';
import {
  type Entries,
  firstEntries,
  leadColumn,
  readEntries,
  startFilled,
  usedColumns,
} from './fields/entries.ts';
import { Field } from './fields/field.tsx';
import { MoreFields } from './fields/more-fields.tsx';
import { Foot } from './foot.tsx';
import { writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';
import { Meaning } from './meaning.tsx';
import { PrintSheet } from './print-sheet.tsx';
import { scaleOf } from './scale.ts';
import { useLatest } from './use-latest.ts';
import { ContributionsView } from './why/contributions.tsx';
import { Narrowing } from './why/narrowing.tsx';

/** Milliseconds; short enough that the number follows a drag, long enough not to ask for every pixel of it. */
const gather = 60;

export interface ModelPageProps {
  model: ModelDescription;
  /** What the address says; undefined where it says nothing. */
  linked: Entries | undefined;
  change(entries: Entries): void;
  reloadModel(): void;
}

export function ModelPage({ model, linked, change, reloadModel }: ModelPageProps) {
  const locale = useLocale();
  const columns = useMemo(() => usedColumns(model), [model]);
  const entries = useMemo(() => linked ?? firstEntries(columns), [columns, linked]);
  const { row, faults } = readEntries(columns, entries);
  const answer = useLatest(predict, row, gather);
  const enter = (name: string, text: string) => change({ ...entries, [name]: text });
  const lead = leadColumn(columns);
  const others = columns.filter((column) => column !== lead);
  const given = columns.filter(({ name }) => entries[name]).length;
  const { reply } = answer;

  const answeredBy = reply?.model.version;
  useEffect(() => {
    // Another model has been put into production since the page was loaded: its texts and curve belong to its answers.
    if (answeredBy !== undefined && answeredBy !== model.version) reloadModel();
  }, [answeredBy, model.version, reloadModel]);

  const scale = scaleOf(model.target, locale);
  const isExplained = reply?.contributions !== undefined && columns.length > 1;
  return (
    <>
      <div class="work">
        {lead && (
          <section class="lead" aria-label={locale.messages.form}>
            <Field
              column={lead}
              entry={entries[lead.name] ?? ''}
              fault={faults[lead.name]}
              enter={(text) => enter(lead.name, text)}
            />
          </section>
        )}
        <AnswerView
          model={model}
          answer={answer}
          given={given}
          asked={columns.length}
          fragment={writeFragment({ view: 'page', entries }, startFilled(columns))}
        />
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
        <div class="why" data-pending={answer.pending}>
          {isExplained && reply && <ContributionsView model={model} answer={reply} entries={entries} />}
          {isExplained && row && given > 0 && <Narrowing model={model} row={row} />}
        </div>
        <CurveView
          model={model}
          row={row}
          isAnswered={!answer.trouble}
          lead={lead?.name}
          enter={(name, value) => enter(name, String(value))}
        />
      </div>
      <AnswerStrip text={reply && scale.text(scale.of(reply))} />
      <Meaning model={model} />
      <PrintSheet model={model} columns={columns} entries={entries} />
      <Foot model={model} entries={entries} />
    </>
  );
}
