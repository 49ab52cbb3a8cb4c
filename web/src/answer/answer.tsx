import type { ModelDescription } from '@hearth/artifact';
import { useEffect, useState } from 'preact/hooks';
import type { ShownPrediction } from '../api.ts';
import { ErrorNotice } from '../error-notice.tsx';
import type { LatestState } from '../latest.ts';
import { useLocale } from '../locale.ts';
import { eventOf, type Scale, scaleOf } from '../scale.ts';
import { ClassBars } from './class-bars.tsx';
import { People } from './people.tsx';
import { Share } from './share.tsx';
import { Uncertainty } from './uncertainty.tsx';
import { Warnings } from './warnings.tsx';

export interface AnswerViewProps {
  model: ModelDescription;
  answer: LatestState<ShownPrediction> & { retry(): void };
  /** Asks why a class has its chance; undefined asks for the most probable one. */
  explain(value: string | undefined): void;
  /** How many columns are given, and how many the model uses. */
  given: number;
  total: number;
  /** The fragment of the link to this answer. */
  fragment: string;
}

/** The number with its uncertainty and its limits of use, or the reason why there is no number. */
export function AnswerView({ model, answer, explain, given, total, fragment }: AnswerViewProps) {
  const locale = useLocale();
  const { messages, text } = locale;
  const { reply, error, pending, retry } = answer;
  const scale = scaleOf(model.target, locale);
  const outcome = eventOf(model, reply?.class, locale);
  const { target } = model;
  const notFor = text(model.notIntendedUse);
  const number = reply && scale.of(reply);
  const caption =
    scale.kind === 'chance' ? messages.chanceOf(outcome) : messages.valueOf(scale.unit, outcome);
  return (
    <section class="answer" id="answer" aria-label={messages.result} aria-busy={pending}>
      {error && <ErrorNotice error={error} retry={retry} />}
      {!error && (
        <div class="result" data-pending={pending} data-kind={scale.kind}>
          {number !== undefined && <BigNumber number={number} scale={scale} caption={caption} />}
          {!reply && <p class="no-answer">{pending ? '' : messages.noResult}</p>}
          {target.type === 'classes' ? (
            <>
              <ClassBars target={target} answer={reply} explain={explain} />
              {reply?.given === 0 && <p class="uncertainty">{messages.nothingGiven}</p>}
            </>
          ) : (
            <Uncertainty
              answer={reply}
              scale={scale}
              evaluation={model.evaluation}
              given={given}
              total={total}
              rows={model.data.rows}
              counted={!model.data.prior && model.data.weights?.kind !== 'importance'}
              outcome={outcome}
            />
          )}
          {target.type === 'binary' && <People chance={number} outcome={outcome} />}
          {reply && <Warnings warnings={reply.warnings ?? []} columns={model.columns} />}
          {notFor && <p class="use">{notFor}</p>}
          <Share fragment={fragment} />
        </div>
      )}
      <Announcement>{number === undefined ? '' : `${scale.bare(number)} ${caption}.`}</Announcement>
    </section>
  );
}

/** The answer, larger than anything else on the page; the caption continues the sentence. */
function BigNumber({ number, scale, caption }: { number: number; scale: Scale; caption: string }) {
  const { format } = useLocale();
  const { bound, digits, sign } =
    scale.kind === 'chance'
      ? format.percentParts(number)
      : { bound: '', digits: scale.bare(number), sign: '' };
  return (
    <p class="big-number">
      <strong class="number">
        {bound && <span class="bound">{bound}</span>}
        {digits}
        {sign && <span class="sign">{sign}</span>}
      </strong>{' '}
      <span class="of">{caption}</span>
    </p>
  );
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
