export interface SpanProps {
  number: number | undefined;
  interval: { low: number; high: number } | undefined;
  /** The ends of the scale. */
  domain: readonly [number, number];
  /** Whether no training row was like this one: then the answer could be anywhere on the scale. */
  isGuess?: boolean;
}

/** A number and its interval on a line. Hidden from screen readers: the text beside it has the same content. */
export function Span({ number, interval, domain: [start, end], isGuess = false }: SpanProps) {
  const at = (value: number) =>
    `${Math.min(100, Math.max(0, ((value - start) / (end - start)) * 100)).toFixed(2)}%`;
  const band = isGuess ? { low: start, high: end } : interval;
  return (
    <span class="span" aria-hidden="true" data-empty={number === undefined} data-guess={isGuess}>
      {band && <span class="band" style={{ '--from': at(band.low), '--to': at(band.high) }} />}
      {number !== undefined && <span class="dot" style={{ '--at': at(number) }} />}
    </span>
  );
}
