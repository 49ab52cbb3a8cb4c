/** What a command that is interrupted has done, and can still do. */
export interface Interruptible {
  /** What is finished and what is missing, in one line. */
  done(): string;
  /** Asks the command to end early, at the first Ctrl+C. @returns what it does now, in one line; undefined if it cannot */
  end?(): string | undefined;
}

/** Lets an interrupted command end early, or says what it has done and lets the signal end it: a shell sees exit code 130. @returns a function that ends this */
export function handleInterruption({ done, end }: Interruptible): () => void {
  let isEnding = false;
  const tell = (signal: NodeJS.Signals) => {
    const now = signal === 'SIGINT' && !isEnding ? end?.() : undefined;
    if (now !== undefined) {
      isEnding = true;
      process.stderr.write(`\nhearth: interrupted: ${now}; Ctrl+C again ends it at once\n`);
      return;
    }
    stop();
    process.stderr.write(`\nhearth: interrupted: ${done()}\n`);
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off('SIGINT', tell).off('SIGTERM', tell);
  };
  process.on('SIGINT', tell).on('SIGTERM', tell);
  return stop;
}
