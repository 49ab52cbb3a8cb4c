/** Milliseconds between two checks. */
const interval = 100;

interface Entry {
  /** On the clock of `performance`. */
  until: number;
  expire(): void;
}

const waiting = new Set<Entry>();
let timer: NodeJS.Timeout | undefined;

function check(): void {
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
 * Calls `expire` after this time, or up to 0.1 s later. One timer checks all pending entries: most bodies arrive with their headers, and a
 * timer for each would cost more than reading it.
 * @returns cancels it
 */
export function deadline(milliseconds: number, expire: () => void): () => void {
  const entry = { until: performance.now() + milliseconds, expire };
  waiting.add(entry);
  timer ??= setInterval(check, interval).unref();
  return () => waiting.delete(entry);
}
