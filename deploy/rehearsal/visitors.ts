import { openRegistry } from '@hearth/artifact/store';
import { startCalls } from '@hearth/bench/grpc-calls';
import { createWitness } from '@hearth/bench/witness';
import { type LoadReport, type Question, steadyLoad } from '../steady-load.ts';
import { assetsOf } from '../verify/web.ts';
import type { Host } from './host.ts';

/** The releases that may serve now, and when each was first seen (milliseconds since the epoch). */
interface Releases {
  allowed: Set<string>;
  seen: Map<string, number>;
}

const perSecond = 60;
/** Milliseconds between the calls of a connection of gRPC. */
const callPause = 200;
const sexes = ['male', 'female', null];
const rows = Array.from({ length: 120 }, (_, i) => ({
  age: 29 + (i % 49),
  sex: sexes[i % 3],
  oldpeak: (i % 40) / 10,
}));

/** The mark of a change in the page; the first release has none. */
const pageMark = (html: string) => html.match(/name="rehearsal" content="([^"]+)"/)?.[1] ?? 'the first';

/** The rows as calls of gRPC. */
const calledRows = rows.map(({ age, sex, oldpeak }) => ({
  model: 'heart',
  columns: { age, oldpeak, ...(sex !== null && { sex }) },
}));

/**
 * Constant load on the gateway's ports: predictions, also by gRPC, the page and its files, and health. An answer counts only if it is one of
 * an allowed release.
 * @param models the registry whose version in production may serve from the beginning
 */
export async function startVisitors({ url, grpcPort }: Host, models: string) {
  const witness = createWitness();
  const model: Releases = { allowed: new Set(), seen: new Map() };
  const page: Releases = { allowed: new Set(['the first']), seen: new Map() };
  const api: Releases = { allowed: new Set(['the first']), seen: new Map() };
  /** The allowed values of `status` in /health. */
  const health = new Set(['ok']);
  let assets: string[] = [];
  let asset = 0;

  const note = ({ allowed, seen }: Releases, mark: string) => {
    if (!seen.has(mark)) seen.set(mark, Date.now());
    return allowed.has(mark);
  };
  const prediction = (index: number): Question => ({
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
        assets = assetsOf(html).map((address) => new URL(address, url).pathname);
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
    prediction(i),
    ...(i % 2 === 0 ? [others[(i / 2) % others.length]] : []),
  ]);

  /** Allows a version of a registry from now on. */
  async function allow(models: string, version: string): Promise<void> {
    const { predict } = await openRegistry(models).load(version);
    witness.allow(
      version,
      rows.map((row) => predict(row).answer),
    );
  }
  await allow(models, await openRegistry(models).production());
  const load = steadyLoad(url, questions, perSecond);
  const calls = startCalls(
    grpcPort,
    calledRows,
    (row, answer, sent) => {
      note(model, answer.version);
      return witness.judgeStream([row], [answer], sent);
    },
    { pause: callPause, retries: true },
  );
  return {
    allow,
    health,
    page,
    api,
    model,
    soFar: () => sumOf(load.soFar(), calls.soFar()),
    stop: async () => sumOf(await load.stop(), await calls.stop()),
  };
}

/** The failures of both have different names. */
const sumOf = (one: LoadReport, another: LoadReport): LoadReport => ({
  requests: one.requests + another.requests,
  failures: { ...one.failures, ...another.failures },
});

export type Visitors = Awaited<ReturnType<typeof startVisitors>>;
