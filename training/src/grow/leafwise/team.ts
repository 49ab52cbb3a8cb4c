/** Threads that take the same steps at the same time, each on its own part of the work; or the calling thread alone. */
export interface Team {
  /** 0 to `size` - 1; 0 is the thread that asked for the work. */
  rank: number;
  size: number;
  /** Waits until every thread is here. */
  meet(): void;
  /** Adds the numbers of all threads; all get the sums. They must be exact, so that the order of the threads does not matter. */
  addUp(numbers: Float64Array): void;
}

/** One thread. */
export const alone: Team = { rank: 0, size: 1, meet() {}, addUp() {} };

/** What the threads of a team share. */
export interface Meeting {
  size: number;
  /** How many are here, how often all were, and whether a thread failed. */
  state: Int32Array;
  /** Two places for the numbers of each thread, used in turn: one is written while a slower thread reads the other. */
  exchange: Float64Array;
}

const [here, meetings, failed] = [0, 1, 2];

/** Looks at the state so often before it sleeps: most threads come within microseconds, and to wake one takes tens of them. */
const looks = 5000;

/** Milliseconds without a sign of another thread, after which it is taken for dead: one that does not start, or that no longer works. */
const patience = { start: 60_000, work: 10 * 60_000 };

/** @param most numbers that are added up at once */
export const createMeeting = (size: number, most: number): Meeting => ({
  size,
  state: new Int32Array(new SharedArrayBuffer(12)),
  exchange: sharedFloats(2 * size * most),
});

export const sharedFloats = (length: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(8 * length));

/** Another thread failed, whose own error says why. */
export class OtherFailed extends Error {}

/** Ends this meeting and all later ones with an error. */
export function failAll({ state }: Meeting): void {
  Atomics.store(state, failed, 1);
  Atomics.add(state, meetings, 1);
  Atomics.notify(state, meetings);
}

/** @throws OtherFailed from `meet` and `addUp` if another thread failed, Error if it does not come */
export function joinTeam({ size, state, exchange }: Meeting, rank: number): Team {
  const most = exchange.length / 2 / size;
  let turn = 0;
  let limit = patience.start;
  const assertAllWork = () => {
    if (Atomics.load(state, failed) !== 0) throw new OtherFailed('a thread that grows trees failed');
  };
  const meet = () => {
    const before = Atomics.load(state, meetings);
    assertAllWork(); // who failed before that comes to no meeting; who fails from here on ends this one
    if (Atomics.add(state, here, 1) === size - 1) {
      Atomics.store(state, here, 0);
      Atomics.add(state, meetings, 1);
      Atomics.notify(state, meetings);
    }
    for (let i = 0; i < looks; i++) if (Atomics.load(state, meetings) !== before) break;
    while (Atomics.load(state, meetings) === before)
      if (Atomics.wait(state, meetings, before, limit) === 'timed-out')
        throw new Error('a thread that grows trees does not answer; start the training again');
    assertAllWork();
    limit = patience.work;
  };
  return {
    rank,
    size,
    meet,
    addUp(numbers) {
      const placeOf = (thread: number) => (turn * size + thread) * most;
      exchange.set(numbers, placeOf(rank));
      meet();
      for (let other = 0; other < size; other++) {
        if (other === rank) continue;
        const from = placeOf(other);
        for (let i = 0; i < numbers.length; i++) numbers[i] += exchange[from + i];
      }
      turn = 1 - turn;
    },
  };
}
