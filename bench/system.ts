import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'string' || !address) throw new TypeError('a TCP server has a port');
  return address.port;
}

/** CPU time of a process so far; Linux counts hundredths of a second (proc_pid_stat(5), fields 14 and 15). */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The same of a process and of all that it has started. */
export function processorSecondsOfAll(pid: number): number {
  const parents = readdirSync('/proc').flatMap((name): [number, number][] => {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/stat`)) return [];
    return [[Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1])]];
  });
  const sum = (of: number): number =>
    parents.reduce((all, [child, parent]) => all + (parent === of ? sum(child) : 0), processorSeconds(of));
  return sum(pid);
}

/** Resident memory of a process, on Linux. */
export const residentBytes = (pid: number): number => memoryBytes(pid, 'VmRSS');

/** The most resident memory that a process has had, on Linux. */
export const peakBytes = (pid: number): number => memoryBytes(pid, 'VmHWM');

const memoryBytes = (pid: number, field: string): number =>
  1024 *
  Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
