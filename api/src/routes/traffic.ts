import type { Traffic } from '@hearth/artifact';

interface Span {
  number: number;
  requests: number;
  refused: number;
  failed: number;
  /** Number of answers by duration; each class reaches 9 % further than the one before. */
  classes: Uint32Array;
}

const windowSeconds = 300;
const spanSeconds = 10;
const spansKept = windowSeconds / spanSeconds;
const shortest = 0.01;
const growth = 1.09;
const classCount = 180;

/** Counts answers in a ring of time spans: constant memory, summed only when read. */
export function countTraffic(now: () => number = () => performance.now()) {
  const began = now();
  const ring: Span[] = [];

  function current(): Span {
    const number = Math.floor((now() - began) / 1000 / spanSeconds);
    const place = number % spansKept;
    if (ring[place]?.number !== number) {
      ring[place] = { number, requests: 0, refused: 0, failed: 0, classes: new Uint32Array(classCount) };
    }
    return ring[place];
  }

  return {
    add(status: number, milliseconds: number): void {
      const span = current();
      span.requests++;
      if (status >= 500) span.failed++;
      else if (status >= 400) span.refused++;
      span.classes[classOf(milliseconds)]++;
    },

    read(): Traffic {
      const newest = current().number;
      const kept = ring.filter((span) => span.number > newest - spansKept);
      const seconds = Math.max(1, Math.min(windowSeconds, (now() - began) / 1000));
      const sum = (of: 'requests' | 'refused' | 'failed') =>
        kept.reduce((total, span) => total + span[of], 0);
      const requests = sum('requests');
      const first = Math.max(0, newest - spansKept + 1);
      return {
        seconds: Math.round(seconds),
        requests,
        refused: sum('refused'),
        failed: sum('failed'),
        perSecond: requests / seconds,
        ...(requests > 0 && { latency: quantiles(kept, requests) }),
        spans: Array.from(
          { length: newest - first + 1 },
          (_, i) => kept.find(({ number }) => number === first + i)?.requests ?? 0,
        ),
      };
    },
  };
}

const classOf = (milliseconds: number): number =>
  Math.min(classCount - 1, Math.max(0, Math.round(Math.log(milliseconds / shortest) / Math.log(growth))));

function quantiles(spans: readonly Span[], requests: number) {
  const quantile = (share: number) => {
    let left = Math.ceil(share * requests);
    for (let i = 0; i < classCount; i++) {
      left -= spans.reduce((total, { classes }) => total + classes[i], 0);
      if (left <= 0) return Number((shortest * growth ** i).toPrecision(3));
    }
    return shortest * growth ** (classCount - 1);
  };
  return { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
