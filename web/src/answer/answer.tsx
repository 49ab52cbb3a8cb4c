import type { ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import type { LatestState } from '../latest.ts';
import { useLocale } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { TroubleNotice } from '../trouble-notice.tsx';
import { Announcement } from './announcement.tsx';
import { BigNumber } from './big-number.tsx';
import { Doubt } from './doubt.tsx';
import { People } from './people.tsx';
import { Share } from './share.tsx';
import { Warnings } from './warnings.tsx';

export interface AnswerViewProps {
  model: ModelDescription;
  answer: LatestState<ShownPrediction> & { retry(): void };
  /** How many columns are given, and how many there are. */
  given: number;
  asked: number;
  /** The fragment that leads to this answer. */
  fragment: string;
}

/** The number, its doubt, what it is for, or why there is none. */
export function AnswerView({ model, answer, given, asked, fragment }: AnswerViewProps) {
  const locale = useLocale();
  const { messages, text } = locale;
  const { reply, trouble, pending, retry } = answer;
  const scale = scaleOf(model.target, locale);
  const outcome = text(model.outcome);
  const number = reply && scale.of(reply);
  const caption =
    scale.kind === 'chance' ? messages.chanceOf(outcome) : messages.valueOf(scale.unit, outcome);
  return (
    <section class="answer" id="answer" aria-label={messages.answer} aria-busy={pending}>
      {trouble && <TroubleNotice trouble={trouble} retry={retry} />}
      {!trouble && (
        <div class="result" data-pending={pending} data-kind={scale.kind}>
          {number !== undefined && <BigNumber number={number} scale={scale} caption={caption} />}
          {!reply && <p class="no-answer">{pending ? '' : messages.noAnswer}</p>}
          <Doubt
            answer={reply}
            scale={scale}
            evaluation={model.evaluation}
            given={given}
            asked={asked}
            rows={model.data.rows}
          />
          {scale.kind === 'chance' && <People chance={number} />}
          {reply && <Warnings warnings={reply.warnings ?? []} columns={model.columns} />}
          <p class="use">{text(model.notIntendedUse)}</p>
          <Share fragment={fragment} />
        </div>
      )}
      <Announcement>
        {number === undefined
          ? ''
          : scale.kind === 'chance'
            ? `${scale.text(number)} ${caption}.`
            : `${scale.bare(number)} ${caption}.`}
      </Announcement>
    </section>
  );
}
