/** The same request repeatedly; each connection sends the next one after the answer. */
export interface Load {
  url: string;
  connections: number;
  body: string;
  seconds: number;
}

/** The answers to a load. */
export interface Answers {
  good: number;
  refused: number;
  /** Answers with status 200, per second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}
