import { ServiceError } from './service-error.ts';

/** The state of the newest question. It never has both a reply and an error. */
export interface LatestState<Reply> {
  reply?: Reply;
  error?: ServiceError;
  /** A newer reply is expected; `reply` belongs to an older question. */
  pending: boolean;
}

export interface Latest<Question, Reply> {
  /** Asks the question soon; undefined removes the reply and asks nothing. */
  want(question: Question | undefined): void;
  /** Asks the newest question again at once. */
  retry(): void;
  stop(): void;
  readonly state: LatestState<Reply>;
}

export interface LatestOptions<Question, Reply> {
  ask(question: Question): Promise<Reply>;
  onChange(state: LatestState<Reply>): void;
  /** Milliseconds to wait after a question for newer ones; it limits the requests while a person types or drags. The first is sent at once. */
  delay: number;
}

/**
 * Keeps the reply to the newest of many questions. A reply that arrives after a newer one is dropped; an error removes the old
 * reply; after a temporary error the question is repeated until it succeeds.
 */
export function latest<Question, Reply>(options: LatestOptions<Question, Reply>): Latest<Question, Reply> {
  const { ask, onChange, delay } = options;
  let newest: Question | undefined;
  let asked = 0;
  let settled = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: LatestState<Reply> = { pending: false };

  function update(change: LatestState<Reply>): void {
    state = change;
    onChange(state);
  }

  function askIn(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  }

  async function send(): Promise<void> {
    timer = undefined;
    if (newest === undefined) return;
    asked += 1;
    const turn = asked;
    const isStale = () => turn <= settled;
    try {
      const reply = await ask(newest);
      if (isStale()) return;
      settled = turn;
      failures = 0;
      update({ reply, pending: turn < asked || timer !== undefined });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (isStale() || turn < asked) return;
      settled = turn;
      failures += 1;
      update({ error, pending: timer !== undefined });
      if (error.isTemporary && timer === undefined) askIn(pause(failures));
    }
  }

  return {
    want(question) {
      newest = question;
      if (question === undefined) {
        clearTimeout(timer);
        timer = undefined;
        settled = asked;
        update({ pending: false });
      } else {
        if (timer === undefined || failures > 0) askIn(asked === 0 ? 0 : delay);
        update({ ...state, pending: true });
      }
    },
    retry() {
      if (newest === undefined) return;
      askIn(0);
      update({ ...state, pending: true });
    },
    stop() {
      clearTimeout(timer);
      settled = Number.POSITIVE_INFINITY;
    },
    get state() {
      return state;
    },
  };
}

/** Milliseconds before the next attempt: 1 s, then doubled each time, at most 8 s. */
const pause = (failures: number) => Math.min(8_000, 500 * 2 ** failures);
