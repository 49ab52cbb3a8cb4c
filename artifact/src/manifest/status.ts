import type { Evaluation } from './evaluation.ts';

/** What `GET /status` answers; every number is that of the one process that answers. Times are ISO 8601. */
export interface Status {
  /** Drawn when the process starts, and in its log. */
  instance: { id: string; since: string };
  /** `degraded` while it answers, and `refusal` says why that is not certainly what is meant to be in production; `down` without a model. */
  status: 'ok' | 'degraded' | 'down';
  /** What answers here; absent while there is none. */
  champion?: ScoredVersion & { name: string; since?: string };
  /** Why what is meant to be in production does not serve or is not known, now. */
  refusal?: RefusedVersion;
  /** Refusals since the process began, the newest first. */
  refusals: RefusedVersion[];
  versions?: VersionsStatus;
  traffic: Traffic;
}

/** A version with the scores that its training gave it. */
export interface ScoredVersion {
  version: string;
  published?: string;
  kind: Evaluation['kind'];
  scores: Evaluation['model'];
}

/** A version that cannot be read, and why. */
export interface UnreadableVersion {
  version: string;
  published?: string;
  fault: string;
}

/** What was to be served and is not, and why. */
export interface RefusedVersion {
  /** What cannot be used: a version, aliases.json or the journal of its model, default.json beside the models, or all of them. */
  part: 'version' | 'aliases' | 'journal' | 'default' | 'models';
  /** Absent where it is not about a version. */
  version?: string;
  reason: string;
  time: string;
}

/** What stands in the registry of the host. */
export interface VersionsStatus {
  /** What the alias names: what this host is meant to serve. */
  production: string | null;
  published: number;
  /** What of the journal cannot be read. */
  faults: string[];
  /** The newest first. */
  journal: PublicEntry[];
  /** The newest version that is not in production. */
  challenger?: ScoredVersion | UnreadableVersion;
}

/** One thing that happened to the versions: neither why nor by whom. */
export interface PublicEntry {
  time: string;
  action: 'publish' | 'promote' | 'refuse' | 'rollback' | 'found' | 'prune';
  version: string | null;
  previous?: string;
}

/** What was asked of a process within a window of time. */
export interface Traffic {
  /** Seconds that the numbers are about: the window, or the life of the process where that is shorter. */
  seconds: number;
  requests: number;
  /** Answered with a 4xx: the asker's mistake. */
  refused: number;
  /** Answered with a 5xx: ours. */
  failed: number;
  perSecond: number;
  /** Milliseconds from arrival to answer, to within 5 %; absent where nothing was asked. */
  latency?: { p50: number; p95: number; p99: number };
  /** Requests in spans of ten seconds, the oldest first. */
  spans: number[];
}
