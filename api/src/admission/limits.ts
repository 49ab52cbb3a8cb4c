/** Limits for requests and connections. */
export interface Limits {
  /** Bytes of a JSON body. */
  bodyBytes: number;
  /** Rows of a JSON batch. */
  batchRows: number;
  /** Depth of nested JSON; a batch of rows has depth 2. */
  jsonDepth: number;
  /** Seconds for the headers of a request to arrive. */
  headerSeconds: number;
  /** Bytes of all headers together. */
  headerBytes: number;
  /** Seconds for a JSON body to arrive. */
  bodySeconds: number;
  /** Seconds after which a JSON batch is given up. */
  answerSeconds: number;
  /** Bytes of one line of a stream. */
  lineBytes: number;
  /** Seconds for which a connection may be idle; longer responses must be read at 10 kB/s at least. */
  idleSeconds: number;
  /** Seconds for a whole stream. */
  streamSeconds: number;
}

interface Setting {
  /** Environment variable. */
  variable: string;
  fallback: number;
  /** What happens beyond the limit. */
  beyond: string;
  what: string;
}

export const limitSettings: Record<keyof Limits, Setting> = {
  bodyBytes: {
    variable: 'BODY_BYTES',
    fallback: 1024 * 1024,
    what: 'bytes of a JSON body',
    beyond: '413 too-large',
  },
  batchRows: {
    variable: 'BATCH_ROWS',
    fallback: 10_000,
    what: 'rows of a JSON batch',
    beyond: '413 too-many-rows',
  },
  jsonDepth: { variable: 'JSON_DEPTH', fallback: 16, what: 'depth of nested JSON', beyond: '422 too-deep' },
  headerSeconds: {
    variable: 'HEADER_SECONDS',
    fallback: 10,
    what: 'seconds for the headers to arrive',
    beyond: '408 too-slow',
  },
  headerBytes: {
    variable: 'HEADER_BYTES',
    fallback: 16 * 1024,
    what: 'bytes of all headers together',
    beyond: '431 headers-too-large',
  },
  bodySeconds: {
    variable: 'BODY_SECONDS',
    fallback: 10,
    what: 'seconds for a JSON body to arrive',
    beyond: '408 too-slow',
  },
  answerSeconds: {
    variable: 'ANSWER_SECONDS',
    fallback: 10,
    what: 'seconds to answer a JSON batch',
    beyond: '503 too-busy',
  },
  lineBytes: {
    variable: 'LINE_BYTES',
    fallback: 64 * 1024,
    what: 'bytes of a line in a stream',
    beyond: '422 too-long in place of the answer',
  },
  idleSeconds: {
    variable: 'IDLE_SECONDS',
    fallback: 60,
    what: 'seconds for which a connection may be idle, or read a waiting response at less than 10 kB/s',
    beyond: 'the connection is reset',
  },
  streamSeconds: {
    variable: 'STREAM_SECONDS',
    fallback: 3600,
    what: 'seconds for a whole stream',
    beyond: 'the connection is reset',
  },
};

const names = Object.keys(limitSettings) as (keyof Limits)[];

/** Limits with a chosen number for each setting. */
export const mapLimits = (choose: (setting: Setting) => number): Limits =>
  Object.fromEntries(names.map((name) => [name, choose(limitSettings[name])])) as unknown as Limits;

/** The limits of a server without settings. */
export const defaultLimits = mapLimits(({ fallback }) => fallback);
