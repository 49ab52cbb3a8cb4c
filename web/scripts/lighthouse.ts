/**
 * Lighthouse on its mobile profile, the median of five runs, against the built page and the real API: `pnpm lighthouse`. Ends with
 * failure below what the page promises. Lighthouse comes through npx and not from the lockfile: it weighs more than
 * everything else here together, and nobody needs it to run or to test Hearth.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startHearth } from '../browser/servers.ts';

const lighthouse = 'lighthouse@13.5.0';
const runs = 5;
const least = { performance: 0.95, accessibility: 0.95, 'best-practices': 0.95 };
const most = { 'largest-contentful-paint': 2_000, interactive: 2_500, 'cumulative-layout-shift': 0.01 };

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue: number }>;
}

const hearth = await startHearth();
const reports: Report[] = [];
for (let run = 0; run < runs; run++) reports.push(await report(hearth.url));
await hearth.stop();

for (const [name, bound] of Object.entries(least)) {
  tell(
    name,
    reports.map(({ categories }) => categories[name]?.score ?? 0),
    (score) => score >= bound,
  );
}
for (const [name, bound] of Object.entries(most)) {
  tell(
    name,
    reports.map(({ audits }) => audits[name]?.numericValue ?? Infinity),
    (value) => value <= bound,
  );
}

async function report(url: string): Promise<Report> {
  const chrome = '--headless=new --no-sandbox --disable-gpu --disable-quic';
  const categories = Object.keys(least).join();
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '-y',
      lighthouse,
      url,
      '--output=json',
      '--quiet',
      `--only-categories=${categories}`,
      `--chrome-flags=${chrome}`,
    ],
    {
      maxBuffer: 2 ** 26,
      env: { ...process.env, CHROME_PATH: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
    },
  );
  return JSON.parse(stdout);
}

/** Tells the median of the runs, what became of it, and each run: how far they lie apart says how busy the machine was. */
function tell(name: string, values: readonly number[], isGood: (value: number) => boolean): void {
  const isKept = isGood(median(values));
  if (!isKept) process.exitCode = 1;
  const verdict = isKept ? 'ok' : 'MISSED';
  console.log(
    `${name.padEnd(26)} ${text(median(values)).padEnd(6)} ${verdict}  (${values.map(text).join(', ')})`,
  );
}

function text(value: number): string {
  return value < 10 ? value.toFixed(3) : String(Math.round(value));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
