import type { Column, ModelDescription } from '@hearth/artifact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownPrediction } from '../api.ts';
import { adjustedText } from '../around/adjusted.ts';
import { decidedText } from '../around/decided.ts';
import { ErrorNotice } from '../error-notice.tsx';
import type { LatestState } from '../latest.ts';
import { casesOf, type Locale, useLocale } from '../locale.ts';
import { eventOf, scaleOf } from '../scale.ts';
import { useSettings } from '../settings.ts';
import { BigNumber, captionOf, headlineText } from './big-number.tsx';
import { ClassBars } from './class-bars.tsx';
import { headlineOf } from './headline.ts';
import { People } from './people.tsx';
import { QuantileList } from './quantile-list.tsx';
import { Share } from './share.tsx';
import { rangeSentence, Uncertainty } from './uncertainty.tsx';
import { Warnings, warningText } from './warnings.tsx';

export interface AnswerViewProps {
  model: ModelDescription;
  answer: LatestState<ShownPrediction> & { retry(): void };
  /** Asks why a class has its chance; undefined asks for the most probable one. */
  explain(value: string | undefined): void;
  /** The columns that the model uses. */
  columns: readonly Column[];
  /** Those with a fault, which the answer leaves out. */
  leftOut: readonly Column[];
  /** Those without which there is no answer, and which are not given. */
  needed: readonly Column[];
  /** How many columns are given. */
  given: number;
  /** The fragment of the link to this answer. */
  fragment: string;
}

/** The number with its uncertainty and its limits of use, or the reason why there is no number. */
export function AnswerView({
  model,
  answer,
  explain,
  columns,
  leftOut,
  needed,
  given,
  fragment,
}: AnswerViewProps) {
  const locale = useLocale();
  const { messages, labelOf, text } = locale;
  const { reply, error, pending, retry } = answer;
  const { target } = model;
  const scale = scaleOf(target, locale);
  const outcome = eventOf(model, reply?.class, locale);
  const caption = captionOf(target, scale, outcome, locale);
  const notFor = text(model.notIntendedUse);
  const headline = reply && headlineOf(reply, scale);
  const warnings = (reply?.warnings ?? []).map((warning) => warningText(warning, columns, locale));
  const isComplete = (reply?.given.length ?? given) === columns.length;
  const sentence =
    reply &&
    rangeSentence({ answer: reply, headline, scale, columns, learned: learnedFrom(model, locale) }, locale);
  const slips = reply && leftOut.length > 0 ? messages.answeredWithout(leftOut.map(labelOf)) : '';
  const { prevalence } = useSettings();
  const adjusted = adjustedText(prevalence, outcome, casesOf(model, locale), locale);
  const decided = reply && headline !== 'guess' ? decidedText(model, reply, locale) : '';
  const place = useHeightKept(error !== undefined);
  const announcement = reply && [
    `${headlineText(reply, scale, headline, locale)} ${caption}${headline === 'guess' ? `: ${messages.guess}` : ''}.`,
    headline === 'range' && `${scale.bare(scale.of(reply))} ${messages.estimated(reply.given.length === 0)}.`,
    adjusted,
    decided,
    slips,
    ...warnings,
    sentence,
  ];
  return (
    <section class="answer" id="answer" aria-label={messages.result} aria-busy={pending} ref={place}>
      {error && <ErrorNotice error={error} retry={retry} />}
      {!error && (
        <div class="result" data-pending={pending} data-kind={scale.kind} data-headline={headline}>
          {reply && <BigNumber answer={reply} headline={headline} scale={scale} caption={caption} />}
          {!reply && <p class="no-answer">{pending ? '' : messages.stillNeeded(needed.map(labelOf))}</p>}
          {adjusted && <p class="adjusted">{adjusted}</p>}
          {decided && <p class="decided">{decided}</p>}
          {slips && <p class="slips">{slips}</p>}
          <Warnings texts={warnings} />
          {target.type === 'classes' ? (
            <>
              <ClassBars target={target} answer={reply} explain={explain} />
              {reply?.given.length === 0 && <p class="uncertainty">{messages.nothingGiven}</p>}
            </>
          ) : (
            <Uncertainty
              answer={reply}
              headline={headline}
              sentence={sentence}
              scale={scale}
              evaluation={model.evaluation}
              isComplete={isComplete}
              isOnlyField={columns.length === 1}
              counted={
                prevalence === undefined && !model.data.prior && model.data.weights?.kind !== 'importance'
              }
              outcome={outcome}
            />
          )}
          <QuantileList answer={reply} scale={scale} />
          {target.type === 'binary' && (
            <People
              chance={reply && scale.of(reply)}
              interval={reply?.interval}
              hasRange={model.interval !== undefined}
              isGuess={headline === 'guess'}
              cases={casesOf(model, locale)}
              outcome={outcome}
            />
          )}
          {notFor && <p class="use">{notFor}</p>}
          <Share fragment={fragment} />
        </div>
      )}
      <Announcement>{announcement?.filter(Boolean).join(' ') ?? ''}</Announcement>
    </section>
  );
}

/** From how many of which cases the model has learned; empty if nobody knows. */
function learnedFrom(model: ModelDescription, locale: Locale): string {
  const { rows } = model.data;
  return rows > 0 ? `${locale.format.number(rows)} ${casesOf(model, locale)}` : '';
}

/** An element that keeps, while `isKept`, the height that it had before, so that nothing below it moves. */
function useHeightKept(isKept: boolean) {
  const place = useRef<HTMLElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    const { current: element } = place;
    if (!element) return;
    if (!isKept) {
      element.style.minHeight = '';
      height.current = element.getBoundingClientRect().height;
    } else if (height.current > 0) element.style.minHeight = `${height.current}px`;
  });
  return place;
}

/** Milliseconds without change before a screen reader reads the answer: once per answer, not once per step of a drag. */
const quiet = 900;

function Announcement({ children }: { children: string }) {
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(setAnnounced, quiet, children);
    return () => clearTimeout(timer);
  }, [children]);
  return (
    <p class="unseen" role="status">
      {announced || null}
    </p>
  );
}
