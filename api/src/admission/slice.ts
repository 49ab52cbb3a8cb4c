/** Longest time for which long work holds up other requests, in milliseconds. */
const longest = 4;

/** Long work that is done in slices; other requests are answered in between. */
export interface Slice {
  isOver(): boolean;
  /** Waits until it is this work's turn again. */
  rest(): Promise<void>;
}

/** Work that rests, the longest first. */
const resting: (() => void)[] = [];
/** When the slice of this turn is over; undefined until a slice begins. */
let until: number | undefined;
let isTurnDue = false;
let hasConnected = false;
/** Since when slices are put off because clients connect. */
let putOffSince: number | undefined;

/**
 * Begins long work. All long work together gets one slice in each turn of the event loop, because new requests wait until the turn is
 * over, even those that could be answered or refused at once.
 */
export const startSlice = (): Slice => slice;

/**
 * Call this for each new connection. libuv accepts one connection per turn (https://github.com/libuv/libuv/pull/3696), so if each turn
 * had a slice, many new connections would wait for seconds. While connections come, slices are put off, for one slice's time at most.
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
