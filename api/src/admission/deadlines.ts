/** Milliseconds between two looks. */
const interval = 100;

interface Waiting {
  /** On the clock of `performance`. */
  until: number;
  expire(): void;
}

const waiting = new Set<Waiting>();
let timer: NodeJS.Timeout | undefined;

function look(): void {
  if (waiting.size === 0) {
    clearInterval(timer);
    timer = undefined;
    return;
  }
  const now = performance.now();
  for (const entry of waiting) {
    if (entry.until > now) continue;
    waiting.delete(entry);
    entry.expire();
  }
}

/**
 * Calls `expire` once so many milliseconds have passed, or up to a tenth of a second later. One timer looks through all that wait: most
 * bodies have come when their headers have, and a timer for each would cost more than to read it.
 * @returns to be called when there is nothing to wait for any more
 */
export function deadline(milliseconds: number, expire: () => void): () => void {
  const entry = { until: performance.now() + milliseconds, expire };
  waiting.add(entry);
  timer ??= setInterval(look, interval).unref();
  return () => waiting.delete(entry);
}
