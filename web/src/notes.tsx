import type { Column, ModelDescription } from '@hearth/artifact';
import type { Entries } from './fields/entries.ts';
import { givenText } from './fields/kinds.ts';
import { writeFragment } from './link/fragment.ts';
import { type Locale, useLocale } from './locale.ts';
import { sentenceStart } from './messages/letter-case.ts';
import { scaleOf } from './scale.ts';

export interface NotesProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
}

/** The end of the page: what the result means, the entries for the printed page, and the model. */
export function Notes({ model, columns, entries }: NotesProps) {
  const { messages } = useLocale();
  return (
    <>
      <Meaning model={model} />
      <PrintSheet model={model} columns={columns} entries={entries} />
      <footer class="foot">
        <p>
          <ModelName model={model} />
        </p>
        <nav>
          <a href={writeFragment({ view: 'about', entries })}>{messages.aboutModel}</a>
          <a href={writeFragment({ view: 'ops', entries })}>{messages.operations}</a>
        </nav>
      </footer>
    </>
  );
}

/** The cases behind the result, what it says about them, and how far to trust it. */
function Meaning({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { messages, text } = locale;
  const [population, use, unstated] = [
    text(model.population),
    text(model.intendedUse),
    notStated(model, locale),
  ];
  return (
    <section class="meaning" aria-label={messages.whatItMeans}>
      {population && (
        <div>
          <h2>{messages.basedOn}</h2>
          <p>{population}</p>
        </div>
      )}
      {use && (
        <div>
          <h2>{messages.whatItMeans}</h2>
          <p>{use}</p>
        </div>
      )}
      <div>
        <h2>{messages.performance}</h2>
        <p>
          <Performance model={model} />
        </p>
      </div>
      {unstated && (
        <div>
          <h2>{messages.notStated}</h2>
          <p>{unstated}</p>
        </div>
      )}
    </section>
  );
}

/** What a reader should know about the model and nobody has stated; empty if all is stated. */
export function notStated(model: ModelDescription, { messages, text }: Locale): string {
  const { population, intendedUse, notIntendedUse, data } = model;
  const { unstated } = messages;
  const missing = [
    ...(text(population) ? [] : [unstated.population]),
    ...(text(intendedUse) ? [] : [unstated.intendedUse]),
    ...(text(notIntendedUse) ? [] : [unstated.notIntendedUse]),
    ...(data.sources?.length ? [] : [unstated.sources]),
    ...(data.licence ? [] : [unstated.licence]),
  ];
  return missing.length > 0 ? `${sentenceStart(missing.join(', '))}.` : '';
}

/** The performance of the model in one sentence. */
export function Performance({ model: { evaluation, target } }: { model: ModelDescription }) {
  const locale = useLocale();
  const { messages, format } = locale;
  if (!evaluation) return messages.notEvaluated;
  if (evaluation.kind === 'classes')
    return messages.rightClass(format.percent(evaluation.model.accuracy.mean));
  return evaluation.kind === 'chance'
    ? messages.discrimination(format.percent(evaluation.model.auc.mean))
    : messages.meanError(scaleOf(target, locale).text(evaluation.model.mae.mean));
}

/** Replaces the fields on paper: the entries, the model, and the date of printing. */
function PrintSheet({ model, columns, entries }: NotesProps) {
  const locale = useLocale();
  const { messages, format, labelOf, text } = locale;
  const given = columns.flatMap((column) => {
    const value = givenText(column, entries[column.name] ?? '', locale);
    return value === undefined ? [] : [{ column, value }];
  });
  return (
    <section class="print-sheet">
      <h2>{messages.whatWasGiven}</h2>
      <dl>
        {given.map(({ column, value }) => (
          <div key={column.name}>
            <dt>
              {labelOf(column)}
              {column.term && <small> {text(column.term)}</small>}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        <ModelName model={model} /> · {messages.printed(format.date(new Date().toISOString()))}
      </p>
    </section>
  );
}

function ModelName({ model: { name, version, published } }: { model: ModelDescription }) {
  const { messages, format } = useLocale();
  return (
    <>
      {messages.model} {name} <span class="version">{version}</span>
      {published && `, ${messages.published(format.date(published))}`}
    </>
  );
}
