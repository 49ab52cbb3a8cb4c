import { useLocale } from './locale.ts';
import type { ServiceError } from './service-error.ts';

/** Replaces the answer while there is none: why, and what happens next. */
export function ErrorNotice({ error, retry }: { error: ServiceError; retry(): void }) {
  const { messages } = useLocale();
  const details = error.details.map((detail) => (
    <p key={detail} lang="en">
      {detail}
    </p>
  ));
  return (
    <div class="error-notice" role="alert">
      <p class="error-title">{messages.errors[error.kind]}</p>
      {!error.isTemporary && details}
      {error.isTemporary && (
        <>
          <p>{messages.retries}</p>
          <button type="button" onClick={retry}>
            {messages.retry}
          </button>
          {details.length > 0 && (
            <div class="error-cause">
              <p>{messages.forOperator}</p>
              {details}
            </div>
          )}
        </>
      )}
    </div>
  );
}
