import { Trouble } from './trouble.ts';

/** What is known about the newest question. Never both an answer and a trouble. */
export interface LatestState<Reply> {
  reply?: Reply;
  trouble?: Trouble;
  /** A newer answer is on its way; `reply` belongs to an older question. */
  pending: boolean;
}

export interface Latest<Question, Reply> {
  /** Asks, soon; undefined: there is nothing to ask, and no answer to show. */
  want(question: Question | undefined): void;
  /** Asks the newest question again, now. */
  retry(): void;
  stop(): void;
  readonly known: LatestState<Reply>;
}

export interface LatestOptions<Question, Reply> {
  ask(question: Question): Promise<Reply>;
  onChange(known: LatestState<Reply>): void;
  /** Milliseconds that questions after the first are gathered before the newest is asked: typing and dragging ask no faster than this. */
  gather: number;
}

/**
 * Keeps the answer to the newest of many questions. Answers that arrive after a newer one are dropped, a failure takes
 * the old answer away, and a trouble that can pass is asked again until it has.
 */
export function latest<Question, Reply>(options: LatestOptions<Question, Reply>): Latest<Question, Reply> {
  const { ask, onChange, gather } = options;
  let newest: Question | undefined;
  let asked = 0;
  let settled = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: LatestState<Reply> = { pending: false };

  function tell(change: LatestState<Reply>): void {
    known = change;
    onChange(known);
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
      tell({ reply, pending: turn < asked || timer !== undefined });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (isStale() || turn < asked) return;
      settled = turn;
      failures += 1;
      tell({ trouble: error, pending: timer !== undefined });
      if (error.passes && timer === undefined) askIn(pause(failures));
    }
  }

  return {
    want(question) {
      newest = question;
      if (question === undefined) {
        clearTimeout(timer);
        timer = undefined;
        settled = asked;
        tell({ pending: false });
      } else {
        if (timer === undefined || failures > 0) askIn(asked === 0 ? 0 : gather);
        tell({ ...known, pending: true });
      }
    },
    retry() {
      if (newest === undefined) return;
      askIn(0);
      tell({ ...known, pending: true });
    },
    stop() {
      clearTimeout(timer);
      settled = Number.POSITIVE_INFINITY;
    },
    get known() {
      return known;
    },
  };
}

/** Milliseconds before attempt after attempt: 1 s, doubling, 8 s at most. */
const pause = (failures: number) => Math.min(8_000, 500 * 2 ** failures);
