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

/**
 * Begins long work. However much there is, one slice of it is done in a turn of the event loop: what arrives meanwhile, and could be
 * answered or refused at once, waits until the turn is over.
 */
export const startSlice = (): Slice => slice;

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
  const next = resting.shift();
  until = next && performance.now() + longest;
  if (next === undefined) return;
  awaitTurn();
  next();
}
