import type { Column, ModelDescription } from '@hearth/artifact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { AnswerView } from './answer/answer.tsx';
import { predict } from './api.ts';
import {
  type Entries,
  firstEntries,
  leadColumn,
  linkedEntries,
  readEntries,
  startFilled,
  usedColumns,
} from './fields/entries.ts';
import { Field } from './fields/field.tsx';
import { Lead, leadId } from './lead.tsx';
import { writeFragment } from './link/fragment.ts';
import { useLocale } from './locale.ts';
import { loadPart } from './service-error.ts';
import { useSettings } from './settings.ts';
import { useLatest } from './use-latest.ts';

/** Milliseconds: short enough for the number to follow a drag, long enough not to request every pixel of it. */
const delay = 60;

/** Loaded after the first view, so that the first view appears sooner. */
const loadRest = () =>
  loadPart(async () => {
    const [{ Details }, { Notes }] = await Promise.all([import('./details.tsx'), import('./notes.tsx')]);
    return { Details, Notes };
  });

export interface ModelPageProps {
  model: ModelDescription;
  /** The entries in the address; undefined if it has none. */
  linked: Entries | undefined;
  change(entries: Entries): void;
  reloadModel(): void;
}

export function ModelPage({ model, linked, change, reloadModel }: ModelPageProps) {
  const locale = useLocale();
  const columns = useMemo(() => usedColumns(model), [model]);
  const entries = useMemo(
    () => (linked ? linkedEntries(columns, linked) : firstEntries(columns)),
    [columns, linked],
  );
  const { row, faults } = readEntries(columns, entries);
  const isBlank = ({ name }: Column) => faults[name] === 'empty';
  const [asked, explain] = useState<string>();
  const { settings, prevalence } = useSettings();
  const question = row && {
    row,
    ...(asked !== undefined && { of: asked }),
    ...(prevalence !== undefined && { prevalence }),
  };
  const answer = useLatest(predict, question, delay);
  const enter = (name: string, text: string) => change({ ...entries, [name]: text });
  const lead = leadColumn(columns);
  const { reply, error } = answer;

  const answeredBy = reply?.model.version;
  useEffect(() => {
    // Another version has been promoted since the page was loaded: its texts and curve must match its answers.
    if (answeredBy !== undefined && answeredBy !== model.version) reloadModel();
  }, [answeredBy, model.version, reloadModel]);

  useEffect(() => {
    // Not on a touch screen, whose keyboard would cover the answer.
    const field = document.querySelector<HTMLInputElement>('.lead :is([type=text], .entered)');
    if (field?.value === '' && matchMedia('(pointer: fine)').matches) field.focus({ preventScroll: true });
  }, []);

  // The rest is loaded once the first view shows something.
  const { reply: rest } = useLatest(loadRest, reply || error || !row ? 'rest' : undefined);
  const shared = { model, columns, entries };
  return (
    <>
      <Lead model={model} />
      <div class="work">
        {lead && (
          <section class="lead" aria-label={locale.messages.form}>
            <Field
              column={lead}
              entry={entries[lead.name] ?? ''}
              fault={faults[lead.name]}
              describedBy={leadId}
              enter={(text) => enter(lead.name, text)}
            />
          </section>
        )}
        <AnswerView
          model={model}
          answer={answer}
          explain={explain}
          columns={columns}
          leftOut={columns.filter((column) => faults[column.name] && !isBlank(column))}
          needed={columns.filter(isBlank)}
          given={Object.keys(row ?? {}).length}
          fragment={writeFragment({ view: 'page', entries, settings }, startFilled(columns))}
        />
        {rest && <rest.Details {...shared} {...{ row, faults, answer, enter }} change={change} lead={lead} />}
      </div>
      {rest && <rest.Notes {...shared} given={Object.keys(row ?? {})} />}
    </>
  );
}
