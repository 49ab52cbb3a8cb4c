import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const last = availableParallelism() - 1;

/**
 * Keeps the load to one core and the servers to the others, all of them alike: where the two share a core, a rate says which of them
 * the system let run.
 * @returns what the servers' commands begin with; nothing, and nothing is done, where there is one core or no taskset
 */
export function keepLoadApart(): string[] {
  if (last === 0) return [];
  try {
    // what is started from here, as wrk is, runs there too
    for (const thread of readdirSync('/proc/self/task'))
      execFileSync('taskset', ['-cp', `${last}`, thread], { stdio: 'ignore' });
    return ['taskset', '-c', last === 1 ? '0' : `0-${last - 1}`];
  } catch {
    return [];
  }
}
