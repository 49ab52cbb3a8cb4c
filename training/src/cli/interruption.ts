/**
 * Says what an interrupted command has done, and then lets the signal end it: a shell sees exit code 130.
 * @param done what is finished and what is missing, in one line
 * @returns a function that ends this
 */
export function tellInterruption(done: () => string): () => void {
  const tell = (signal: NodeJS.Signals) => {
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
