import type { Request } from './requests.ts';
import type { StreamedAnswer } from './streams.ts';

/** How long a replaced version may still serve, in milliseconds: servers follow a change of the alias within 2 seconds. */
const grace = 2000;

interface WitnessedVersion {
  answers: readonly number[];
  /** The end of its time to serve, in milliseconds since the epoch. */
  until: number;
}

interface Body {
  probability?: number;
  predictions?: { probability: number }[];
  model?: { version: string };
}

/** Knows the answers of every version and when it was in production, and checks responses. */
export function createWitness() {
  const known = new Map<string, WitnessedVersion>();
  let seen = '';
  let swaps = -1;

  /** @returns the fault in a version's answers to rows, if there is one */
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
    return `${version} answered ${given[wrong]} instead of ${entry.answers[indices[wrong]]}`;
  }

  return {
    /** From now on the version may serve. */
    allow(version: string, answers: readonly number[]): void {
      known.set(version, { answers, until: Infinity });
    },
    /** Only this version is in production. */
    settle(version: string): void {
      for (const [name, entry] of known)
        if (name !== version && entry.until === Infinity) entry.until = Date.now() + grace;
    },
    /** How often the serving version has changed, and the last one. */
    get swaps() {
      return Math.max(0, swaps);
    },
    get seen() {
      return seen;
    },
    /** @returns the fault in a response to a request sent at `sent` (milliseconds since the epoch), if there is one */
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
     * The same for the answers to a stream: one version must give them all. It does not count as a swap, because a stream keeps its first
     * version while newer ones serve other requests.
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
