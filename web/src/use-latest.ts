import { useEffect, useMemo, useState } from 'preact/hooks';
import { type LatestState, latest } from './latest.ts';

/**
 * The reply to a question that changes while a person types.
 *
 * @param ask must be the same function in every render
 * @param question compared by its JSON; undefined asks nothing
 */
export function useLatest<Question, Reply>(
  ask: (question: Question) => Promise<Reply>,
  question: Question | undefined,
  delay = 0,
): LatestState<Reply> & { retry(): void } {
  const [state, setState] = useState<LatestState<Reply>>({ pending: false });
  const source = useMemo(() => latest({ ask, onChange: setState, delay }), [ask, delay]);

  useEffect(() => {
    window.addEventListener('online', source.retry);
    return () => {
      window.removeEventListener('online', source.retry);
      source.stop();
    };
  }, [source]);

  useEffect(() => source.want(question), [source, JSON.stringify(question)]);

  return { ...state, retry: source.retry };
}
