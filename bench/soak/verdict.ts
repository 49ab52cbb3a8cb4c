import type { GatewayReport } from './gateway-run.ts';
import type { RunReport } from './run.ts';

interface Terms {
  seconds: number;
  /** Every kind that must be refused. */
  kinds: readonly string[];
  mustFillDisk: boolean;
}

/** Swaps in ten minutes. */
const swapsWanted = 200;
const p99Ratio = 2;
/** In milliseconds. */
const stallMargin = 20;

/** Lost requests, and expectations that were not met. */
export function judgeSwaps(watched: RunReport, { seconds, kinds, mustFillDisk }: Terms): string[] {
  const faults = [
    ...failuresOf('models swapped', watched),
    ...watched.late,
    ...kinds.filter((kind) => !watched.refusals[kind]).map((kind) => `never refused: ${kind}`),
  ];
  if (!watched.filledDisk) {
    const line = 'left out: the full disk, which needs the right to mount a tmpfs';
    if (mustFillDisk) faults.push(line);
    else console.log(line);
  }
  const wanted = Math.floor((swapsWanted * seconds) / 600);
  if (watched.swaps < wanted) faults.push(`${watched.swaps} swaps; the goal is at least ${wanted}`);
  return faults;
}

/** Missed goals of speed; a busy machine can miss them. */
export function judgeLatency(watched: RunReport, control: RunReport): string[] {
  const missed: string[] = [];
  if (watched.p99 > p99Ratio * control.p99)
    missed.push(
      `p99 is ${(watched.p99 / control.p99).toFixed(1)} times that of the control; the goal is at most ${p99Ratio}`,
    );
  if (watched.longestStall > control.longestStall + stallMargin)
    missed.push(`the longest stall is more than ${stallMargin} ms above that of the control`);
  return missed;
}

export const judgeGateway = (report: GatewayReport): string[] => [
  ...failuresOf('behind the gateway', report),
  ...report.badExits.map((code) => `a server ended with exit code ${code} after SIGTERM`),
];

export const failuresOf = (run: string, { failures }: { failures: Record<string, number> }): string[] =>
  Object.entries(failures).map(([what, count]) => `${run}, ${count} times: ${what}`);

/** Prints the figures of a run. */
export function show(title: string, report: RunReport | GatewayReport): void {
  const failed = Object.values(report.failures).reduce((sum, count) => sum + count, 0);
  const figures = [
    `${report.requests} requests at ${Math.round(report.rate)} per second and ${report.streams} streams, ${failed} failed`,
    `p50 ${report.p50.toFixed(1)} ms, p99 ${report.p99.toFixed(1)} ms`,
  ];
  if ('longestStall' in report) {
    figures.push(`longest stall ${report.longestStall.toFixed(1)} ms`, `${report.swaps} swaps`);
    for (const [kind, count] of Object.entries(report.refusals))
      figures.push(`  refused ${count} times: ${kind}`);
  } else {
    figures.push(`${report.restarts.SIGTERM} restarts by SIGTERM, ${report.restarts.SIGKILL} by kill -9`);
  }
  console.log(`${title}\n  ${figures.join('\n  ')}\n`);
}
