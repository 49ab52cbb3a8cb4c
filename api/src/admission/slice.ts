/** Other requests wait no longer than this for work that takes long, in milliseconds. */
const longest = 4;

/** Long work in slices between which other requests are answered. */
export interface Slice {
  isOver(): boolean;
  /** Lets others go first. */
  rest(): Promise<void>;
}

/** Those who rest; who has rested for longest goes first. */
const resting: (() => void)[] = [];
/** When this turn's slice is over; undefined as long as nobody has begun one. */
let until: number | undefined;
let isTurnDue = false;
let hasConnected = false;
/** When slices began to be put off for those who connect. */
let putOffSince: number | undefined;

/**
 * Begins long work. However much there is, one slice of it is done in a turn of the event loop: what arrives meanwhile, and could be
 * answered or refused at once, waits until the turn is over.
 */
export const startSlice = (): Slice => slice;

/**
 * To be told of each connection. One is accepted in a turn (https://github.com/libuv/libuv/pull/3696), so that turns of a slice each
 * would let a crowd wait for seconds: while some come they have the turns to themselves, for as long as a slice at most.
 */
export function noteConnection(): void {
  hasConnected = true;
}

const slice: Slice = {
  isOver() {
    const now = performance.now();
    if (until === undefined) {
      if (resting.length > 0) return true;
      until = now + longest;
      awaitTurn();
    }
    return now > until;
  },
  rest() {
    awaitTurn();
    return new Promise((resolve) => resting.push(resolve));
  },
};

function awaitTurn(): void {
  if (isTurnDue) return;
  isTurnDue = true;
  setImmediate(beginTurn);
}

function beginTurn(): void {
  isTurnDue = false;
  until = undefined;
  if (resting.length === 0) return;
  awaitTurn();
  const now = performance.now();
  if (isPutOff(now)) return;
  until = now + longest;
  resting.shift()?.();
}

function isPutOff(now: number): boolean {
  if (hasConnected) {
    hasConnected = false;
    putOffSince ??= now;
    if (now - putOffSince < longest) return true;
  }
  putOffSince = undefined;
  return false;
}
