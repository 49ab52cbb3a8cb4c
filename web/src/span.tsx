export interface SpanProps {
  number: number | undefined;
  interval: { low: number; high: number } | undefined;
  /** The ends of the scale. */
  domain: readonly [number, number];
}

/** A number and its interval on a line. Hidden from screen readers: the text beside it has the same content. */
export function Span({ number, interval, domain: [start, end] }: SpanProps) {
  const at = (value: number) =>
    `${Math.min(100, Math.max(0, ((value - start) / (end - start)) * 100)).toFixed(2)}%`;
  return (
    <span class="span" aria-hidden="true" data-empty={number === undefined}>
      {interval && <span class="band" style={{ '--from': at(interval.low), '--to': at(interval.high) }} />}
      {number !== undefined && <span class="dot" style={{ '--at': at(number) }} />}
    </span>
  );
}
