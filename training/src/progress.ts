import type { WriteStream } from 'node:tty';

/** Shows the progress of long work. */
export interface Progress {
  /** Starts a piece of work with `total` steps. @returns a function to call after each step */
  start(title: string, total: number): () => void;
}

const width = 30;

/** A bar on a terminal; in a log, a line at the start and at each quarter. */
export function createProgress(out: NodeJS.WriteStream): Progress {
  return {
    start(title, total) {
      let done = 0;
      const started = performance.now();
      const left = () => timeLeft(((performance.now() - started) / 1000) * (total / done - 1));
      const show = out.isTTY ? bar(out as WriteStream, title, total, left) : lines(out, title, total, left);
      show(0);
      return () => show(++done);
    },
  };
}

/** The time left of a piece of work; empty where it cannot be told yet, or is short. */
function timeLeft(seconds: number): string {
  if (!(seconds >= 2 && seconds < Infinity)) return '';
  return seconds < 100 ? `, ${Math.round(seconds)} s left` : `, ${Math.round(seconds / 60)} min left`;
}

function bar(out: WriteStream, title: string, total: number, left: () => string): (done: number) => void {
  return (done) => {
    const filled = Math.round((done / total) * width);
    const text = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${Math.floor((done / total) * 100)} %  ${title}${left()}`;
    out.cursorTo(0);
    out.write(text.slice(0, out.columns - 1));
    out.clearLine(1);
    if (done === total) out.write('\n');
  };
}

function lines(
  out: NodeJS.WriteStream,
  title: string,
  total: number,
  left: () => string,
): (done: number) => void {
  let quarter = -1;
  return (done) => {
    const now = Math.floor((done / total) * 4);
    if (now === quarter) return;
    quarter = now;
    out.write(`${title}: ${Math.floor((done / total) * 100)} %${left()}\n`);
  };
}
