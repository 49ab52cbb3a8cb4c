import { parseArgs } from 'node:util';
import { badArtifacts } from './bad-artifacts.ts';
import { gatewayRun } from './gateway-run.ts';
import { controlRun, watchedRun } from './run.ts';
import { judgeGateway, judgeRuns, show } from './verdict.ts';

/**
 * Shows under load that models and processes are replaced without losing a request; see bench/README.md.
 * Usage: pnpm soak [--minutes N | --seconds N] (of each of the two runs) [--rate N] (requests a second; 60 % of the measured capacity
 * where it is left out)
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seconds: { type: 'string' }, rate: { type: 'string' } },
});
const seconds = values.seconds === undefined ? Number(values.minutes ?? 1) * 60 : Number(values.seconds);
if (!(seconds > 0)) throw new RangeError('--minutes and --seconds take a number above 0');

const rate = values.rate === undefined ? undefined : Number(values.rate);
if (rate !== undefined && !(rate > 0)) throw new RangeError('--rate takes a number above 0');

console.log(
  `Models are swapped for ${seconds} s, then the control for as long, then restarts behind the gateway.\n`,
);
const watched = await watchedRun(seconds, rate);
show('models swapped', watched);
const control = await controlRun(seconds, watched.rate);
show('control', control);
const round = ['SIGTERM', 'SIGTERM', 'SIGKILL', 'SIGKILL'] as const;
const gateway = await gatewayRun({
  endings: Array.from({ length: Math.ceil(seconds / 120) }, () => round).flat(),
  rate,
});
show('behind the gateway', gateway);

const kinds = [...badArtifacts.map(({ name }) => name), 'garbage in the alias'];
const { faults, missed } = judgeRuns(watched, control, {
  seconds,
  kinds,
  mustFillDisk: process.env.CI === 'true',
});
faults.push(...judgeGateway(gateway));
for (const line of missed) console.log(`missed: ${line}`);
for (const line of faults) console.log(`FAILED: ${line}`);
console.log(faults.length + missed.length === 0 ? 'Nothing was lost.' : '');
process.exit(faults.length === 0 ? 0 : 1);
