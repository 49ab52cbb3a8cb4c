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
      const show = out.isTTY ? bar(out as WriteStream, title, total) : lines(out, title, total);
      show(0);
      return () => show(++done);
    },
  };
}

function bar(out: WriteStream, title: string, total: number): (done: number) => void {
  return (done) => {
    const filled = Math.round((done / total) * width);
    const text = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${Math.floor((done / total) * 100)} %  ${title}`;
    out.cursorTo(0);
    out.write(text.slice(0, out.columns - 1));
    out.clearLine(1);
    if (done === total) out.write('\n');
  };
}

function lines(out: NodeJS.WriteStream, title: string, total: number): (done: number) => void {
  let quarter = -1;
  return (done) => {
    const now = Math.floor((done / total) * 4);
    if (now === quarter) return;
    quarter = now;
    out.write(`${title}: ${Math.floor((done / total) * 100)} %\n`);
  };
}
