import { type DestinationStream, type Logger, pino } from 'pino';

/** Characters of log to collect before a write: each write wakes another thread and the reader of the log, which costs more than the lines. */
const together = 128 * 1024;
/** Milliseconds after which fewer characters are written too. */
const latest = 100;

/**
 * The log on standard output: JSON, or lines for people on a terminal. When the process exits, the rest is written; a kill loses up to
 * 100 ms of it.
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

/** Collects lines before pino's own destination, which counts all waiting bytes again for each line: that takes longer than to answer a row. */
function gather(): DestinationStream & Pick<Logger, 'flush'> {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: together,
    maxWrite: 2 * together,
    contentMode: 'buffer', // text would be encoded twice, to find out how much was written
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
