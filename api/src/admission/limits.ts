/** How much of what a client sends the server takes. */
export interface Limits {
  /** Bytes of a JSON body. */
  bodyBytes: number;
  /** Rows of a JSON batch. */
  batchRows: number;
  /** How deep JSON may be nested; a batch of rows is two deep. */
  jsonDepth: number;
  /** Seconds in which the headers of a request have to arrive. */
  headerSeconds: number;
  /** Bytes of all headers together. */
  headerBytes: number;
  /** Seconds in which a JSON body has to arrive. */
  bodySeconds: number;
  /** Seconds in which a JSON batch is answered, or given up. */
  answerSeconds: number;
  /** Bytes of one line of a stream. */
  lineBytes: number;
  /** Seconds in which a connection has to send or take something; what it takes, by 10 kB a second from then on. */
  idleSeconds: number;
  /** Seconds that one stream may take. */
  streamSeconds: number;
}

interface Setting {
  /** Environment variable. */
  variable: string;
  fallback: number;
  /** What happens beyond it. */
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
  jsonDepth: { variable: 'JSON_DEPTH', fallback: 16, what: 'nesting of JSON', beyond: '422 too-deep' },
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
    what: 'seconds to answer a JSON batch in',
    beyond: '503 too-busy',
  },
  lineBytes: {
    variable: 'LINE_BYTES',
    fallback: 64 * 1024,
    what: 'bytes of a line of a stream',
    beyond: '422 too-long, in place of the answer to the line',
  },
  idleSeconds: {
    variable: 'IDLE_SECONDS',
    fallback: 60,
    what: 'seconds in which a connection neither sends nor takes anything, or takes less than 10 kB a second of what waits for it',
    beyond: 'the connection is reset',
  },
  streamSeconds: {
    variable: 'STREAM_SECONDS',
    fallback: 3600,
    what: 'seconds that a stream takes as a whole',
    beyond: 'the connection is reset',
  },
};

const names = Object.keys(limitSettings) as (keyof Limits)[];

/** Makes a number for each of the limits. */
export const mapLimits = (choose: (setting: Setting) => number): Limits =>
  Object.fromEntries(names.map((name) => [name, choose(limitSettings[name])])) as unknown as Limits;

/** The limits without any settings. */
export const defaultLimits = mapLimits(({ fallback }) => fallback);
