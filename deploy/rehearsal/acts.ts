import path from 'node:path';
import type { Change } from './changes.ts';
import type { Host } from './host.ts';
import type { Row } from './table.ts';
import type { Visitors } from './visitors.ts';

/** The result of a step. A step with visitors of its own counts their requests and failures. */
export type Act = Omit<Row, 'requests' | 'failed'> & Partial<Pick<Row, 'requests' | 'failed'>>;

/** Seconds from the push of a good change until it must serve; this includes building the images. */
const limit = 180;

/** Pushes a change: visitors must see a good one, and must never see a bad one. */
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
