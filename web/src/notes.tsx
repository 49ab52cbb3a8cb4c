import type { Column, ExternalEvaluation, ModelDescription, PublicEvaluation } from '@hearth/artifact';
import { fetchEvaluations } from './api.ts';
import { type Entries, usedColumns } from './fields/entries.ts';
import { givenText } from './fields/kinds.ts';
import { writeFragment } from './link/fragment.ts';
import { type Locale, useLocale } from './locale.ts';
import { sentenceStart } from './messages/letter-case.ts';
import { scaleOf } from './scale.ts';
import { mainScore, scoreOf } from './scores/shown-scores.ts';
import { useSettings } from './settings.ts';
import { useLatest } from './use-latest.ts';

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
  const { messages, labelOf } = locale;
  const { evaluation } = model;
  if (!evaluation) return <PerformanceElsewhere model={model} />;
  const { kind } = evaluation;
  const figure = (scores: PublicEvaluation['model']) => mainFigure(model, kind, scores, locale);
  const all = figure(evaluation.model);
  const columns = usedColumns(model);
  const stage = given.length < columns.length ? stageOf(evaluation, given) : undefined;
  const { complete, partial } = sentences[kind];
  if (!stage) return messages[complete](all);
  const labels = columns.filter(({ name }) => stage.columns.includes(name)).map(labelOf);
  return messages[partial](labels, figure(stage.model), all);
}

/** Of a version without a cross-validation, such as an imported one: how it did on the rows of its latest evaluation. */
function PerformanceElsewhere({ model }: Pick<PerformanceProps, 'model'>) {
  const locale = useLocale();
  const { reply } = useLatest(fetchEvaluations, model.version);
  return reply ? performanceElsewhere(model, reply, locale) : null;
}

/** How it did in the latest of these evaluations, in one sentence. */
export function performanceElsewhere(
  model: ModelDescription,
  evaluations: readonly ExternalEvaluation[],
  locale: Locale,
): string {
  const { messages } = locale;
  const last = evaluations.toSorted((a, b) => (a.date < b.date ? -1 : 1)).at(-1);
  if (!last) return messages.notEvaluated;
  return messages[sentences[last.kind].elsewhere](
    last.name,
    mainFigure(model, last.kind, last.scores, locale),
  );
}

/** The score of which there is room for one, for people. */
function mainFigure(
  { target }: ModelDescription,
  kind: PublicEvaluation['kind'],
  scores: PublicEvaluation['model'],
  locale: Locale,
): string {
  const write = kind === 'value' ? scaleOf(target, locale).text : locale.format.percent;
  return write(scoreOf(scores, mainScore[kind])?.mean ?? Number.NaN);
}

/** By kind of evaluation: the sentence for complete rows, for rows with some columns only, and for another place. */
const sentences = {
  chance: { complete: 'discrimination', partial: 'discriminationOf', elsewhere: 'discriminationAt' },
  value: { complete: 'meanError', partial: 'meanErrorOf', elsewhere: 'meanErrorAt' },
  classes: { complete: 'rightClass', partial: 'rightClassOf', elsewhere: 'rightClassAt' },
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
