import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import type { Server } from './servers.ts';

/** The same request repeatedly; each connection sends the next one after the answer. */
export interface Load {
  url: string;
  connections: number;
  body: string;
  seconds: number;
}

/** The answers to a load. */
interface Answers {
  good: number;
  refused: number;
  /** Answers with status 200, per second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}

export interface Measured extends Answers {
  /** Microseconds of the server's CPU time per answer with status 200. */
  cpu: number;
}

const run = promisify(execFile);
const hasWrk = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'wrk')));
const makeLoad = hasWrk ? wrkLoad : autocannonLoad;

/** The program that makes the load: wrk if it is installed, because autocannon is slower than the servers. */
export const loadedBy = hasWrk ? 'wrk' : 'autocannon';

/** Sends a load to a server. @throws Error if an answer is missing, or none has status 200 */
export async function measure({ url, cpu }: Server, load: Omit<Load, 'url'>): Promise<Measured> {
  const before = cpu();
  const answers = await makeLoad({ ...load, url: `${url}/predict` });
  if (answers.good === 0) throw new Error(`no answer with status 200; ${answers.refused} refusals`);
  return { ...answers, cpu: ((cpu() - before) / answers.good) * 1e6 };
}

/** Makes a load with autocannon, from npm. @throws Error if an answer is missing */
async function autocannonLoad({ url, connections, body, seconds }: Load): Promise<Answers> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections,
    duration: seconds,
  });
  if (result.errors > 0) throw new Error(`${result.errors} requests failed`);
  const good = result['2xx'];
  return { good, refused: result.non2xx, rate: good / result.duration, p99: result.latency.p99 };
}

/** The function that wrk calls at its end; times are in microseconds. */
const wrkReport = `
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format('{"requests":%d,"microseconds":%d,"refused":%d,"failed":%d,"p99":%d}',
    summary.requests, summary.duration, errors.status, failed, latency:percentile(99)))
end`;

/** Makes a load with wrk (https://github.com/wg/wrk). @throws Error if an answer is missing */
async function wrkLoad({ url, connections, body, seconds }: Load): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-wrk-'));
  try {
    const script = join(folder, 'request.lua');
    const request = `wrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nwrk.body = [==[${body}]==]\n`;
    await writeFile(script, request + wrkReport);
    const flags = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}`];
    const { stdout } = await run('wrk', [...flags, '--script', script, url]);
    const result = JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? '{}');
    if (result.failed !== 0) throw new Error(`${result.failed} requests failed`);
    const good = result.requests - result.refused;
    return {
      good,
      refused: result.refused,
      rate: (good / result.microseconds) * 1e6,
      p99: result.p99 / 1000,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
