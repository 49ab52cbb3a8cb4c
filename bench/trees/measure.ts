import { readFileSync } from 'node:fs';

/** The peak memory of this process, in kB; null without /proc. */
export function peakMemory(): number | null {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export interface Timed<T> {
  seconds: number[];
  cpu: number[];
  last: T;
}

/** Times `work` `runs` times or for `budget` seconds, after a warm-up if it is short. */
export async function time<T>(
  { runs, budget }: { runs: number; budget: number },
  work: () => T | Promise<T>,
): Promise<Timed<T>> {
  const began = performance.now();
  const spent = () => (performance.now() - began) / 1000;
  let last = await once(work);
  const timed = spent() * runs > budget ? [last] : [];
  while (timed.length < runs && (timed.length === 0 || spent() + last.seconds < budget)) {
    last = await once(work);
    timed.push(last);
  }
  return {
    seconds: timed.map(({ seconds }) => seconds),
    cpu: timed.map(({ cpu }) => cpu),
    last: last.result,
  };
}

async function once<T>(work: () => T | Promise<T>) {
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpu: (user + system) / 1e6, result };
}

export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
