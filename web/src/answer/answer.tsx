import type { ModelDescription } from '@hearth/artifact';
import type { Answer } from '../api.ts';
import type { Known } from '../latest.ts';
import { useLocale } from '../locale.ts';
import { TroubleNotice } from '../trouble-notice.tsx';
import { Announcement } from './announcement.tsx';
import { BigNumber } from './big-number.tsx';
import { People } from './people.tsx';
import { Warnings } from './warnings.tsx';

export interface AnswerViewProps {
  model: ModelDescription;
  answer: Known<Answer> & { retry(): void };
}

/** The chance as a number and as people, or why there is none. */
export function AnswerView({ model, answer: { reply, trouble, pending, retry } }: AnswerViewProps) {
  const { messages, format, text } = useLocale();
  const chance = reply?.probability;
  const outcome = text(model.outcome);
  return (
    <section class="answer" aria-label={messages.answer} aria-busy={pending}>
      {trouble && <TroubleNotice trouble={trouble} retry={retry} />}
      {!trouble && (
        <div class="result" data-pending={pending}>
          {reply && <BigNumber chance={reply.probability} outcome={outcome} />}
          {!reply && <p class="no-answer">{pending ? '' : messages.noAnswer}</p>}
          <People chance={chance} outcome={outcome} />
          {reply && <Warnings warnings={reply.warnings ?? []} columns={model.columns} />}
        </div>
      )}
      <Announcement>
        {chance === undefined ? '' : `${format.percent(chance)} ${messages.chanceOf(outcome)}.`}
      </Announcement>
    </section>
  );
}
