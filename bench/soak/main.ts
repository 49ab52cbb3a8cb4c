import { parseArgs } from 'node:util';
import { badArtifacts } from './bad-artifacts.ts';
import { gatewayRun } from './gateway-run.ts';
import { controlRun, watchedRun } from './run.ts';
import { failuresOf, judgeGateway, judgeLatency, judgeSwaps, show } from './verdict.ts';

/**
 * Shows under load that models and processes are replaced without losing a request; see bench/README.md.
 * Usage: npm run soak -- [--minutes N | --seconds N] (for each of the two runs) [--rate N] (requests per second; default 60 % of the measured
 * capacity) [--no-control] (checks only for lost requests: for a busy machine)
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    rate: { type: 'string' },
    control: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const seconds = values.seconds === undefined ? Number(values.minutes ?? 1) * 60 : Number(values.seconds);
if (!(seconds > 0)) throw new RangeError('--minutes and --seconds need a number above 0');

const rate = values.rate === undefined ? undefined : Number(values.rate);
if (rate !== undefined && !(rate > 0)) throw new RangeError('--rate needs a number above 0');

const steps = [
  `Models are swapped for ${seconds} s`,
  ...(values.control ? ['the control for as long'] : []),
  'restarts behind the gateway',
];
console.log(`${steps.join(', then ')}.\n`);
const watched = await watchedRun(seconds, rate);
show('models swapped', watched);
const control = values.control ? await controlRun(seconds, watched.rate) : undefined;
if (control) show('control', control);
const round = ['SIGTERM', 'SIGTERM', 'SIGKILL', 'SIGKILL'] as const;
const gateway = await gatewayRun({
  endings: Array.from({ length: Math.ceil(seconds / 120) }, () => round).flat(),
  rate,
});
show('behind the gateway', gateway);

const kinds = [...badArtifacts.map(({ name }) => name), 'garbage in the alias'];
const faults = [
  ...judgeSwaps(watched, { seconds, kinds, mustFillDisk: process.env.CI === 'true' }),
  ...judgeGateway(gateway),
];
const missed: string[] = [];
if (control) {
  faults.push(...failuresOf('control', control));
  missed.push(...judgeLatency(watched, control));
}
for (const line of missed) console.log(`missed: ${line}`);
for (const line of faults) console.log(`FAILED: ${line}`);
if (faults.length === 0) console.log('No request was lost.');
process.exit(faults.length === 0 ? 0 : 1);
