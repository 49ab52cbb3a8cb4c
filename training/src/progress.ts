import type { WriteStream } from 'node:tty';

/** Shows the progress of long work. */
export interface Progress {
  /** Starts a piece of work with `total` steps. @returns a function to call after each step */
  start(title: string, total: number): () => void;
}

/** Work that has begun and has steps left. */
interface Work {
  title: string;
  total: number;
  done: number;
  started: number;
}

const width = 30;
/** Nothing is silent for longer, in milliseconds. */
const silence = { terminal: 500, log: 2000 };

/**
 * A bar on a terminal; in a log, a line at the start, at each quarter, and after two seconds without one. Of two works, the one that
 * began last is shown.
 */
export function createProgress(out: NodeJS.WriteStream): Progress & {
  /** Shows nothing more of the work that has begun. */
  drop(): void;
} {
  const works: Work[] = [];
  const show = out.isTTY ? bar(out as WriteStream) : lines(out);
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    const last = works.at(-1);
    if (last) show(last, true);
  };
  const step = (work: Work) => {
    if (show(work, false)) timer?.refresh();
  };
  return {
    drop() {
      works.length = 0;
      clearInterval(timer);
      timer = undefined;
    },
    start(title, total) {
      const work: Work = { title, total, done: 0, started: performance.now() };
      step(work);
      if (total <= 0) return () => {};
      works.push(work);
      timer ??= setInterval(tick, out.isTTY ? silence.terminal : silence.log).unref();
      return () => {
        if (work.done === total) return;
        work.done++;
        if (work === works.at(-1) || work.done === total) step(work);
        if (work.done < total) return;
        if (works.includes(work)) works.splice(works.indexOf(work), 1);
        if (works.length > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** The time left, where it can be told and is not short; otherwise the time since the start. */
function timeOf({ done, total, started }: Work): string {
  const since = (performance.now() - started) / 1000;
  const left = since * (total / done - 1);
  if (left >= 2 && left < Infinity) return `, ${inWords(left)} left`;
  return done === 0 && since >= 1 ? `, for ${inWords(since)}` : '';
}

const inWords = (seconds: number): string =>
  seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

const percent = ({ done, total }: Work): number => (total > 0 ? Math.floor((done / total) * 100) : 100);

/** @returns whether it has written something */
type Show = (work: Work, isTick: boolean) => boolean;

function bar(out: WriteStream): Show {
  return (work) => {
    const filled = Math.round((percent(work) / 100) * width);
    const text = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent(work)} %  ${work.title}${timeOf(work)}`;
    out.cursorTo(0);
    out.write(text.slice(0, out.columns - 1));
    out.clearLine(1);
    if (work.done >= work.total) out.write('\n');
    return true;
  };
}

function lines(out: NodeJS.WriteStream): Show {
  const quarters = new WeakMap<Work, number>();
  return (work, isTick) => {
    const quarter = Math.floor(percent(work) / 25);
    if (quarter === quarters.get(work) && !isTick) return false;
    quarters.set(work, quarter);
    out.write(`${work.title}: ${percent(work)} %${timeOf(work)}\n`);
    return true;
  };
}
