import type { Evaluation } from './evaluation.ts';

/** The response of `GET /status`. Every number is of the process that responds. Times are ISO 8601. */
export interface Status {
  /** A random id from the start of the process, also in its log. */
  instance: { id: string; since: string };
  /** `degraded`: a model serves, but perhaps not the version meant to be in production; see `refusal`. `down`: no model serves. */
  status: 'ok' | 'degraded' | 'down';
  /** The version that serves here; absent if there is none. */
  champion?: ScoredVersion & { name: string; since?: string };
  /** Why the version meant to be in production does not serve now, or is not known. */
  refusal?: RefusedVersion;
  /** Refusals since the start of the process, newest first. */
  refusals: RefusedVersion[];
  versions?: VersionsStatus;
  traffic: Traffic;
}

/** A version with the scores from its training. */
export interface ScoredVersion {
  version: string;
  published?: string;
  /** Absent where the version was not evaluated. */
  kind?: Evaluation['kind'];
  scores?: Evaluation['model'];
}

/** A version that cannot be read, and why. */
export interface UnreadableVersion {
  version: string;
  published?: string;
  fault: string;
}

/** Something that should be served and is not, and why. */
export interface RefusedVersion {
  /** What cannot be used: a version, `aliases.json` or the journal of its model, `default.json` of all models, or the folder of models. */
  part: 'version' | 'aliases' | 'journal' | 'default' | 'models';
  /** Absent if it is not about a version. */
  version?: string;
  reason: string;
  time: string;
}

/** The state of the registry on this host. */
export interface VersionsStatus {
  /** The version that the alias names, which this host should serve. */
  production: string | null;
  published: number;
  /** Parts of the journal that cannot be read. */
  faults: string[];
  /** Newest first. */
  journal: PublicEntry[];
  /** The newest version that is not in production. */
  challenger?: ScoredVersion | UnreadableVersion;
}

/** One entry of the journal, without reason and author. */
export interface PublicEntry {
  time: string;
  action: 'publish' | 'promote' | 'refuse' | 'rollback' | 'found' | 'prune';
  version: string | null;
  previous?: string;
}

/** The requests to a process within a time window. */
export interface Traffic {
  /** Length of the window, or the age of the process if that is shorter. */
  seconds: number;
  requests: number;
  /** Answered with 4xx: the client's mistake. */
  refused: number;
  /** Answered with 5xx: our mistake. */
  failed: number;
  perSecond: number;
  /** Milliseconds from arrival to answer, accurate to 5 %; absent without requests. */
  latency?: { p50: number; p95: number; p99: number };
  /** Requests in spans of ten seconds, oldest first. */
  spans: number[];
}
