import path from 'node:path';
import type { Change } from './changes.ts';
import type { Host } from './host.ts';
import type { Row } from './table.ts';
import type { Visitors } from './visitors.ts';

/** Where it has visitors of its own, it says how many requests they made and what of them failed. */
export type Act = Omit<Row, 'requests' | 'failed'> & Partial<Pick<Row, 'requests' | 'failed'>>;

/** A good change has to answer outside within this time of its push, in seconds; the images are built meanwhile. */
const limit = 180;

/** Pushes a change: a good one has to be seen by the visitors, a bad one never. */
export async function rehearseChange(
  host: Host,
  visitors: Visitors,
  change: Change,
  settings: NodeJS.ProcessEnv = {},
): Promise<Act> {
  const version = await change.apply(host.work);
  const { seen, allowed } = visitors[change.shows ?? 'api'];
  const mark = version ?? change.name;
  if (change.code === 0) {
    allowed.add(mark);
    if (version) await visitors.allow(path.join(host.work, 'models/heart'), version);
  }
  const began = Date.now();
  const { code, output } = await host.push(change.title, settings);
  const ended = Date.now();
  const reason =
    output
      .split('\n')
      .findLast((line) => /FAILED|REFUSED/.test(line))
      ?.replace(/^.*?(FAILED|REFUSED): /, '') ?? '';
  if (change.code === 0) {
    const since = change.shows ? (seen.get(mark) ?? Number.NaN) : ended;
    const seconds = (since - began) / 1000;
    const ok = code === 0 && seconds < limit;
    if (!ok) console.log(output);
    return {
      step: change.title,
      expected: `served within ${limit} s`,
      outcome: ok ? 'served' : `not served: ${reason}`,
      seconds,
      ok,
    };
  }
  await host.revert();
  const ok = code === change.code && change.because?.test(output) === true && !wasSeen(visitors, mark);
  if (!ok) console.log(output);
  return {
    step: change.title,
    expected: change.code === 3 ? 'the gate stops it' : 'taken back',
    outcome: ok ? `stopped: ${reason.split(/;|: | \(/)[0].trim()}` : `exit code ${code}: ${reason}`,
    seconds: (ended - began) / 1000,
    ok,
  };
}

const wasSeen = ({ page, api, model }: Visitors, mark: string) =>
  [page, api, model].some(({ seen }) => seen.has(mark));
