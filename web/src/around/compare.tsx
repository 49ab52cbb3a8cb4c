import type { Column, ModelDescription, Row } from '@hearth/artifact';
import { BigNumber, captionOf } from '../answer/big-number.tsx';
import { headlineOf } from '../answer/headline.ts';
import { People } from '../answer/people.tsx';
import { predict, type ShownPrediction } from '../api.ts';
import { type Entries, linkedEntries, readEntries } from '../fields/entries.ts';
import { givenText } from '../fields/kinds.ts';
import { casesOf, useLocale } from '../locale.ts';
import { eventOf, scaleOf } from '../scale.ts';
import { useSettings } from '../settings.ts';
import { useLatest } from '../use-latest.ts';
import { aroundMessages } from './messages.ts';

export interface CompareProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
  /** The answer to the entries. */
  answer: ShownPrediction | undefined;
}

/** Keeps a case, and shows it beside the one that is entered. */
export function Compare(props: CompareProps) {
  const { language } = useLocale();
  const words = aroundMessages[language];
  const { settings, change } = useSettings();
  const { pinned } = settings;
  const keep = (
    <button type="button" class="quiet" onClick={() => change({ ...settings, pinned: props.entries })}>
      {pinned ? words.replace : words.keep}
    </button>
  );
  return (
    <section class="compare" aria-labelledby="compare-title">
      <h2 id="compare-title">{words.compare}</h2>
      {!pinned && <p class="hint">{words.keepHint}</p>}
      {pinned && <Pair {...props} pinned={linkedEntries(props.columns, pinned)} />}
      <p class="compare-actions">
        {keep}
        {pinned && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              const { pinned: _kept, ...others } = settings;
              change(others);
            }}
          >
            {words.remove}
          </button>
        )}
      </p>
    </section>
  );
}

/** The version is part of the question: another model gives other answers. */
const ask = ({ row, prevalence }: { version: string; row: Row; prevalence: number | undefined }) =>
  predict({ row, ...(prevalence !== undefined && { prevalence }) });

function Pair({ model, columns, entries, answer, pinned }: CompareProps & { pinned: Entries }) {
  const locale = useLocale();
  const words = aroundMessages[locale.language];
  const { prevalence } = useSettings();
  const { row } = readEntries(columns, pinned);
  const { reply } = useLatest(ask, row && { version: model.version, row, prevalence });
  const shown = ({ name }: Column, from: Entries) => (from[name] ?? '').trim();
  const differing = columns.filter((column) => shown(column, pinned) !== shown(column, entries));
  const given = (column: Column, from: Entries) =>
    givenText(column, shown(column, from), locale) ?? words.notGiven;
  return (
    <>
      <p class="two-cases">{words.twoCases}</p>
      <div class="pair">
        <Case title={words.kept} model={model} answer={reply} />
        <Case title={words.here} model={model} answer={answer} />
      </div>
      {differing.length === 0 ? (
        <p class="hint">{words.same}</p>
      ) : (
        <table class="differing">
          <thead>
            <tr>
              <th scope="col">{words.difference}</th>
              <th scope="col">{words.kept}</th>
              <th scope="col">{words.here}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((column) => (
              <tr key={column.name}>
                <th scope="row">{locale.labelOf(column)}</th>
                <td>{given(column, pinned)}</td>
                <td>{given(column, entries)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

interface CaseProps {
  title: string;
  model: ModelDescription;
  answer: ShownPrediction | undefined;
}

function Case({ title, model, answer }: CaseProps) {
  const locale = useLocale();
  const scale = scaleOf(model.target, locale);
  const outcome = eventOf(model, answer?.class, locale);
  const headline = answer && headlineOf(answer, scale);
  return (
    <section class="case" aria-label={title}>
      <h3>{title}</h3>
      {answer && (
        <div data-headline={headline} data-kind={scale.kind}>
          <BigNumber
            answer={answer}
            headline={headline}
            scale={scale}
            caption={captionOf(model.target, scale, outcome, locale)}
          />
          {model.target.type === 'binary' && (
            <People
              chance={scale.of(answer)}
              interval={answer.interval}
              isGuess={headline === 'guess'}
              outcome={outcome}
              cases={casesOf(model, locale)}
            />
          )}
        </div>
      )}
    </section>
  );
}
