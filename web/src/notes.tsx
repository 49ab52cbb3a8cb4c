import type { Column, ModelDescription, PublicEvaluation } from '@hearth/artifact';
import { type Entries, usedColumns } from './fields/entries.ts';
import { givenText } from './fields/kinds.ts';
import { writeFragment } from './link/fragment.ts';
import { type Locale, useLocale } from './locale.ts';
import { sentenceStart } from './messages/letter-case.ts';
import { scaleOf } from './scale.ts';
import { mainScore, scoreOf } from './scores/shown-scores.ts';
import { useSettings } from './settings.ts';

export interface NotesProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
  /** The columns that are given without a fault. */
  given: readonly string[];
}

/** The end of the page: what the result means, the entries for the printed page, and the model. */
export function Notes({ model, columns, entries, given }: NotesProps) {
  const { messages } = useLocale();
  const { settings } = useSettings();
  return (
    <>
      <Meaning model={model} given={given} />
      <PrintSheet model={model} columns={columns} entries={entries} />
      <footer class="foot">
        <p>
          <ModelName model={model} />
        </p>
        <nav>
          <a href={writeFragment({ view: 'about', entries, settings })}>{messages.aboutModel}</a>
          <a href={writeFragment({ view: 'ops', entries, settings })}>{messages.operations}</a>
        </nav>
      </footer>
    </>
  );
}

/** What the result says, and how far to trust it; for whom it is stands at the top of the page. */
function Meaning({ model, given }: Pick<NotesProps, 'model' | 'given'>) {
  const locale = useLocale();
  const { messages, text } = locale;
  const [use, unstated] = [text(model.intendedUse), notStated(model, locale)];
  const definition = text(model.outcomeDefinition);
  return (
    <section class="meaning" aria-label={messages.whatItMeans}>
      {use && (
        <div>
          <h2>{messages.whatItMeans}</h2>
          <p>{use}</p>
          {definition && <p class="hint">{messages.definedAs(text(model.outcome), definition)}</p>}
        </div>
      )}
      <div>
        <h2>{messages.performance}</h2>
        <p>
          <Performance model={model} given={given} />
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

export interface PerformanceProps {
  model: ModelDescription;
  /** The columns that are given; none asks about a complete row. */
  given?: readonly string[];
}

/** The performance of the model in one sentence, with the given columns where that has been evaluated. */
export function Performance({ model, given = [] }: PerformanceProps) {
  const locale = useLocale();
  const { messages, format, labelOf } = locale;
  const { evaluation, target } = model;
  if (!evaluation) return messages.notEvaluated;
  const { kind } = evaluation;
  const write = kind === 'value' ? scaleOf(target, locale).text : format.percent;
  const figure = (scores: PublicEvaluation['model']) =>
    write(scoreOf(scores, mainScore[kind])?.mean ?? Number.NaN);
  const all = figure(evaluation.model);
  const columns = usedColumns(model);
  const stage = given.length < columns.length ? stageOf(evaluation, given) : undefined;
  const { complete, partial } = sentences[kind];
  if (!stage) return messages[complete](all);
  const labels = columns.filter(({ name }) => stage.columns.includes(name)).map(labelOf);
  return messages[partial](labels, figure(stage.model), all);
}

/** By kind of evaluation: the sentence for complete rows, and for rows with some columns only. */
const sentences = {
  chance: { complete: 'discrimination', partial: 'discriminationOf' },
  value: { complete: 'meanError', partial: 'meanErrorOf' },
  classes: { complete: 'rightClass', partial: 'rightClassOf' },
} as const;

/** The largest evaluated set of columns that are all given; undefined if there is none. */
const stageOf = ({ stages = [] }: PublicEvaluation, given: readonly string[]) =>
  stages
    .filter(({ columns }) => columns.every((name) => given.includes(name)))
    .toSorted((a, b) => b.columns.length - a.columns.length)
    .at(0);

/** Replaces the fields on paper: the entries, the model, and the date of printing. */
function PrintSheet({ model, columns, entries }: Omit<NotesProps, 'given'>) {
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
