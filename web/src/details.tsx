import type { Column, ModelDescription, Row } from '@hearth/artifact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { AnswerStrip } from './answer/answer-strip.tsx';
import { headlineText } from './answer/big-number.tsx';
import { headlineOf } from './answer/headline.ts';
import type { ShownPrediction } from './api.ts';
import type { CompareProps } from './around/compare.tsx';
import type { CurveViewProps } from './chart/plot-view.ts';
import type { Entries } from './fields/entries.ts';
import type { Fault } from './fields/fault.ts';
import { MoreFields } from './fields/more-fields.tsx';
import type { LatestState } from './latest.ts';
import { useLocale } from './locale.ts';
import { Next, offersNext } from './next/next.tsx';
import { classLabel, scaleOf } from './scale.ts';
import { loadPart } from './service-error.ts';
import { useLatest } from './use-latest.ts';
import { ContributionsView } from './why/contributions.tsx';
import { Narrowing } from './why/narrowing.tsx';

export interface DetailsProps {
  model: ModelDescription;
  columns: readonly Column[];
  entries: Entries;
  /** The row of the answer; undefined while a required column has no value. */
  row: Row | undefined;
  faults: Readonly<Record<string, Fault>>;
  answer: LatestState<ShownPrediction>;
  /** The column at the top of the page. */
  lead: Column | undefined;
  enter(name: string, text: string): void;
  change(entries: Entries): void;
}

/** What follows the answer: the other fields, what moved the number, and the curve. */
export function Details({ model, columns, entries, row, faults, answer, lead, enter, change }: DetailsProps) {
  const locale = useLocale();
  const { reply, error, pending } = answer;
  const others = columns.filter((column) => column !== lead);
  const isExplained = reply?.contributions !== undefined && columns.length > 1;
  const scale = scaleOf(model.target, locale);
  const named = reply?.class === undefined ? '' : classLabel(model.target, reply.class, locale);
  const shown = reply && headlineText(reply, scale, headlineOf(reply, scale), locale);
  return (
    <>
      {others.length > 0 && (
        <MoreFields
          columns={others}
          groups={model.groups}
          entries={entries}
          faults={faults}
          hasRange={model.interval !== undefined}
          enter={enter}
          clearAll={() => change(lead ? { [lead.name]: entries[lead.name] ?? '' } : {})}
        >
          {row && !error && offersNext(model) && <Next model={model} columns={columns} row={row} />}
        </MoreFields>
      )}
      <WhenNear class="around">
        {() => <LazyAround model={model} columns={columns} entries={entries} answer={reply} />}
      </WhenNear>
      <div class="why" data-pending={pending}>
        {isExplained && <ContributionsView model={model} answer={reply} entries={entries} />}
        {isExplained && row && Object.keys(row).length > 0 && <Narrowing model={model} row={row} />}
      </div>
      <WhenNear class="curve">
        {() =>
          row && (
            <LazyCurve
              model={model}
              row={row}
              isAnswered={!error}
              lead={lead?.name}
              of={reply?.contributions?.of}
              enter={enter}
            />
          )
        }
      </WhenNear>
      <AnswerStrip text={shown && [named, shown, scale.unit].filter(Boolean).join(' ')} />
    </>
  );
}

/** The curve, with its code from a file of its own: most visitors read the number first. */
function LazyCurve(props: CurveViewProps) {
  const { reply } = useLatest(loadCurve, 'curve');
  return reply ? <reply.CurveView {...props} /> : null;
}

/** Prevalence and comparison. */
function LazyAround(props: CompareProps) {
  const { reply } = useLatest(loadAround, 'around');
  return reply ? <reply.default {...props} /> : null;
}

const loadAround = () => loadPart(() => import('./around/around.tsx'));

const loadCurve = () => loadPart(() => import('./chart/curve.tsx'));

/** Renders its children once they are about to be scrolled into view, and from then on: they cost code and predictions. */
function WhenNear({ class: name, children }: { class: string; children(): ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        setNear(true);
      },
      { rootMargin: '50%' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div class={name} ref={place}>
      {isNear && children()}
    </div>
  );
}
