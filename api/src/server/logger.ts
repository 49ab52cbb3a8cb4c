import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * Characters of log that are written at once: a write wakes another thread, and then whoever reads the log, which costs requests more
 * than their lines do.
 */
const together = 128 * 1024;
/** Milliseconds after which they are written however few they are. */
const latest = 100;

/**
 * A log on standard output: JSON, or lines for people on a terminal. What is not written yet when the process ends is written then,
 * unless it is killed.
 */
export async function createLogger(level: string): Promise<Logger> {
  const terminal = process.stdout.isTTY ? await prettyPrinter() : undefined;
  return pino({ level }, terminal ?? gather());
}

/** pino-pretty, where it is installed: the container image goes without. */
async function prettyPrinter(): Promise<DestinationStream | undefined> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({ sync: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Gathers lines before pino's own destination does: that one counts the bytes of all that waits anew for each line that is
 * added, which takes longer than to answer a row.
 */
function gather(): DestinationStream & Pick<Logger, 'flush'> {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: together,
    maxWrite: 2 * together,
    contentMode: 'buffer', // it would encode text twice, to know how much of it is written
  }) as ReturnType<typeof pino.destination> & { write(bytes: Buffer): boolean };
  let lines = '';
  let timer: NodeJS.Timeout | undefined;

  function handOver(): void {
    clearTimeout(timer);
    timer = undefined;
    destination.write(Buffer.from(lines));
    lines = '';
  }
  function writeAll(): void {
    handOver();
    destination.flush();
  }
  process.on('exit', () => {
    handOver();
    destination.flushSync();
  });

  return {
    write(line) {
      lines += line;
      if (lines.length >= together) handOver();
      else timer ??= setTimeout(writeAll, latest).unref();
    },
    flush(done) {
      handOver();
      destination.flush(done);
    },
  };
}
