import { openRegistry } from '@hearth/artifact/store';
import { createWitness } from '@hearth/bench/witness';
import { type Question, steadyLoad } from '../steady-load.ts';
import { assetsOf } from '../verify/web.ts';

/** What may answer at the moment, and when each was seen first (milliseconds since the epoch). */
interface Releases {
  allowed: Set<string>;
  seen: Map<string, number>;
}

const perSecond = 60;
const sexes = ['male', 'female', null];
const rows = Array.from({ length: 120 }, (_, i) => ({
  age: 29 + (i % 49),
  sex: sexes[i % 3],
  oldpeak: (i % 40) / 10,
}));

/** The mark that a change leaves where those outside can see it; none on what was there from the beginning. */
const pageMark = (html: string) => html.match(/name="rehearsal" content="([^"]+)"/)?.[1] ?? 'the first';

/**
 * People at the gateway's port, as many every second whatever becomes of them: they ask for chances, for the page and its files, and
 * whether all is well, and take nothing for an answer but what a release that is let in has to say.
 * @param models the registry whose version in production may answer from the beginning
 */
export async function startVisitors(url: string, models: string) {
  const witness = createWitness();
  const model: Releases = { allowed: new Set(), seen: new Map() };
  const page: Releases = { allowed: new Set(['the first']), seen: new Map() };
  const api: Releases = { allowed: new Set(['the first']), seen: new Map() };
  /** What /health may say. */
  const health = new Set(['ok']);
  let assets: string[] = [];
  let asset = 0;

  const note = ({ allowed, seen }: Releases, mark: string) => {
    if (!seen.has(mark)) seen.set(mark, Date.now());
    return allowed.has(mark);
  };
  const chance = (index: number): Question => ({
    path: '/predict',
    body: JSON.stringify(rows[index]),
    expect(text, sent) {
      const { version } = JSON.parse(text).model;
      note(model, version);
      return (
        witness.judge({ indices: [index], isBatch: false, body: '', fresh: false }, 200, text, sent) ===
        undefined
      );
    },
  });
  const others: Question[] = [
    {
      path: '/',
      expect(html) {
        assets = assetsOf(html);
        return note(page, pageMark(html)) && assets.length > 0;
      },
    },
    {
      get path() {
        return assets[asset++ % assets.length] ?? '/favicon.svg';
      },
      expect: (text) => text !== '',
    },
    { path: '/health', expect: (text) => health.has(JSON.parse(text).status) },
    { path: '/health/live', expect: (text) => note(api, JSON.parse(text).release ?? 'the first') },
  ];
  const questions = rows.flatMap((_, i) => [
    chance(i),
    ...(i % 2 === 0 ? [others[(i / 2) % others.length]] : []),
  ]);

  /** Lets a version of a registry answer from now on. */
  async function allow(models: string, version: string): Promise<void> {
    const { predict } = await openRegistry(models).load(version);
    witness.allow(
      version,
      rows.map((row) => predict(row).answer),
    );
  }
  await allow(models, await openRegistry(models).production());
  return { allow, health, page, api, model, ...steadyLoad(url, questions, perSecond) };
}

export type Visitors = Awaited<ReturnType<typeof startVisitors>>;
