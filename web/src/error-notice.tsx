import { useLocale } from './locale.ts';
import type { Trouble } from './trouble.ts';

/** Stands where the answer would: why there is none, and what happens next. */
export function TroubleNotice({ trouble, retry }: { trouble: Trouble; retry(): void }) {
  const { messages } = useLocale();
  const details = trouble.details.map((detail) => (
    <p key={detail} lang="en">
      {detail}
    </p>
  ));
  return (
    <div class="trouble" role="alert">
      <p class="trouble-title">{messages.trouble[trouble.kind]}</p>
      {!trouble.passes && details}
      {trouble.passes && (
        <>
          <p>{messages.comesBack}</p>
          <button type="button" onClick={retry}>
            {messages.retry}
          </button>
          {details.length > 0 && (
            <div class="trouble-cause">
              <p>{messages.forOperator}</p>
              {details}
            </div>
          )}
        </>
      )}
    </div>
  );
}
