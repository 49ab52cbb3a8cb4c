import type { Request } from './requests.ts';
import type { StreamedAnswer } from './streams.ts';

/** How long a version that was replaced may still answer, in milliseconds: a change of the alias is seen within 2 seconds. */
const grace = 2000;

interface WitnessedVersion {
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
  const known = new Map<string, WitnessedVersion>();
  let seen = '';
  let swaps = -1;

  /** What is wrong with the answers of a version to rows, if anything. */
  function faultOf(
    version: string,
    given: readonly (number | undefined)[],
    indices: readonly number[],
    sent: number,
  ): string | undefined {
    const entry = known.get(version);
    if (!entry) return `${version || 'no version'} was never in production`;
    if (sent > entry.until) return `${version} answered later than ${grace} ms after it was replaced`;
    if (given.length !== indices.length) return `${given.length} answers to ${indices.length} rows`;
    const wrong = given.findIndex((answer, i) => answer !== entry.answers[indices[i]]);
    if (wrong < 0) return undefined;
    return `${version} answered ${given[wrong]}; its trees say ${entry.answers[indices[wrong]]}`;
  }

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
      const given = isBatch ? (predictions ?? []).map((each) => each.probability) : [probability];
      const fault = faultOf(version, given, indices, sent);
      if (fault) return fault;
      if (version !== seen) {
        seen = version;
        swaps++;
      }
      return undefined;
    },
    /**
     * The same for the answers to a stream: one version has to have given them all. It does not count as a swap, since a stream
     * keeps the version that it began with, while others answer by a newer one.
     */
    judgeStream(
      indices: readonly number[],
      answers: readonly StreamedAnswer[],
      sent: number,
    ): string | undefined {
      const versions = new Set(answers.map(({ version }) => version));
      if (versions.size > 1) return `one stream was answered by ${[...versions].join(' and ')}`;
      const [version = ''] = versions;
      const given = answers.map(({ probability }) => probability);
      return faultOf(version, given, indices, sent);
    },
  };
}
