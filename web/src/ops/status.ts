import type { ModelDescription } from '@hearth/artifact';
import { ask } from '../api.ts';

export interface ScoredVersion {
  version: string;
  published?: string;
  kind: ModelDescription['evaluation']['kind'];
  scores: ModelDescription['evaluation']['model'];
}

export interface JournalEntry {
  time: string;
  action: 'publish' | 'promote' | 'rollback' | 'found' | 'prune';
  version: string | null;
  previous?: string;
}

export interface Refusal {
  version?: string;
  reason: string;
  time: string;
}

export interface Traffic {
  seconds: number;
  requests: number;
  refused: number;
  failed: number;
  perSecond: number;
  /** Milliseconds. */
  latency?: { p50: number; p95: number; p99: number };
  /** Requests in spans of ten seconds, the oldest first. */
  spans: number[];
}

/** What `GET /status` answers about the one instance that answers. */
export interface Status {
  instance: { id: string; since: string };
  champion?: ScoredVersion & { name: string; since?: string };
  refusal?: Refusal;
  refusals: Refusal[];
  versions?: {
    production: string | null;
    published: number;
    journal: JournalEntry[];
    challenger?: ScoredVersion | { version: string; published?: string; fault: string };
  };
  traffic: Traffic;
}

export const fetchStatus = () => ask<Status>('/status');
