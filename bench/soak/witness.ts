import type { Request } from './requests.ts';

/** How long a version that was replaced may still answer, in milliseconds: a change of the alias is seen within 2 seconds. */
const grace = 2000;

interface Known {
  answers: readonly number[];
  /** Until when it may answer, in milliseconds since the epoch. */
  until: number;
}

interface Body {
  probability?: number;
  predictions?: { probability: number }[];
  model?: { version: string };
}

/** Knows what every version answers and when it was in production, and judges responses by it. */
export function createWitness() {
  const known = new Map<string, Known>();
  let seen = '';
  let swaps = -1;

  return {
    /** From now on the version may answer. */
    allow(version: string, answers: readonly number[]): void {
      known.set(version, { answers, until: Infinity });
    },
    /** The version alone is in production. */
    settle(version: string): void {
      for (const [name, entry] of known)
        if (name !== version && entry.until === Infinity) entry.until = Date.now() + grace;
    },
    /** How often the version that answers has changed, and which one it was last. */
    get swaps() {
      return Math.max(0, swaps);
    },
    get seen() {
      return seen;
    },
    /** @returns what is wrong with a response to a request sent at `sent` (milliseconds since the epoch), if anything */
    judge({ indices, isBatch }: Request, status: number, text: string, sent: number): string | undefined {
      if (status !== 200) return `status ${status}: ${text.slice(0, 200)}`;
      const { probability, predictions, model }: Body = JSON.parse(text);
      const version = model?.version ?? '';
      const entry = known.get(version);
      if (!entry) return `${version || 'no version'} was never in production`;
      if (sent > entry.until) return `${version} answered later than ${grace} ms after it was replaced`;
      const given = isBatch ? (predictions ?? []).map((each) => each.probability) : [probability];
      if (given.length !== indices.length) return `${given.length} answers to ${indices.length} rows`;
      const wrong = given.findIndex((answer, i) => answer !== entry.answers[indices[i]]);
      if (wrong >= 0)
        return `${version} answered ${given[wrong]}; its trees say ${entry.answers[indices[wrong]]}`;
      if (version !== seen) {
        seen = version;
        swaps++;
      }
      return undefined;
    },
  };
}
