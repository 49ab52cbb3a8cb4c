import { type Logger, pino } from 'pino';

/** Bytes of log that are written at once: a write wakes another thread, which would cost each request more than its answer. */
const together = 32 * 1024;
/** Milliseconds after which they are written however few they are. */
const latest = 100;

/** A log on standard output. What is not written yet when the process ends is written then, unless it is killed. */
export const createLogger = (level: string): Logger =>
  pino(
    { level },
    pino.destination({
      dest: 1,
      sync: false,
      minLength: together,
      maxWrite: 2 * together,
      periodicFlush: latest,
    }),
  );
