import type { ModelDescription } from '@hearth/artifact';
import { useEffect, useMemo } from 'preact/hooks';
import { AnswerView } from './answer/answer.tsx';
import { predict } from './api.ts';
import {
  type Entries,
  firstEntries,
  leadColumn,
  readEntries,
  startFilled,
  usedColumns,
} from './fields/entries.ts';
import { Field } from './fields/field.tsx';
import { writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';
import { loadPart } from './part.ts';
import { useLatest } from './use-latest.ts';

/** Milliseconds; short enough that the number follows a drag, long enough not to ask for every pixel of it. */
const gather = 60;

/** In a file of its own, so that the first view is there sooner. */
const loadRest = () =>
  loadPart(async () => {
    const { Colophon, Details } = await import('./rest.tsx');
    return { Colophon, Details };
  });

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
  const given = columns.filter(({ name }) => entries[name]).length;
  const { reply, trouble } = answer;

  const answeredBy = reply?.model.version;
  useEffect(() => {
    // Another model has been put into production since the page was loaded: its texts and curve belong to its answers.
    if (answeredBy !== undefined && answeredBy !== model.version) reloadModel();
  }, [answeredBy, model.version, reloadModel]);

  // Once something is shown there is time for what stands below it.
  const { reply: rest } = useLatest(loadRest, reply || trouble || !row ? 'rest' : undefined);
  const shared = { model, columns, entries };
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
        {rest && <rest.Details {...shared} {...{ row, faults, answer, enter }} change={change} lead={lead} />}
      </div>
      {rest && <rest.Colophon {...shared} />}
    </>
  );
}
