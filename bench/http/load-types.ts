/** The same request over and over, each connection sending the next one when it has its answer. */
export interface Load {
  url: string;
  connections: number;
  body: string;
  seconds: number;
}

/** What a load was answered by. */
export interface Answers {
  good: number;
  refused: number;
  /** Good answers in a second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}
