import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Answers, Load } from './load-types.ts';

const run = promisify(execFile);

export const findWrk = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'wrk'))
    .find((file) => existsSync(file));

/** The function that wrk calls at its end; times are in microseconds. */
const report = `
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  print(string.format('{"requests":%d,"microseconds":%d,"refused":%d,"failed":%d,"p99":%d}',
    summary.requests, summary.duration, errors.status, failed, latency:percentile(99)))
end`;

/** Makes a load with wrk (https://github.com/wg/wrk). @throws Error if an answer is missing */
export async function wrkLoad({ url, connections, body, seconds }: Load): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-wrk-'));
  try {
    const script = join(folder, 'request.lua');
    const request = `wrk.method = "POST"\nwrk.headers["content-type"] = "application/json"\nwrk.body = [==[${body}]==]\n`;
    await writeFile(script, request + report);
    const flags = ['--threads', '1', '--connections', `${connections}`, '--duration', `${seconds}`];
    const { stdout } = await run('wrk', [...flags, '--script', script, url]);
    const told = JSON.parse(/^\{.*\}$/m.exec(stdout)?.[0] ?? '{}');
    if (told.failed !== 0) throw new Error(`${told.failed} requests failed`);
    const good = told.requests - told.refused;
    return { good, refused: told.refused, rate: (good / told.microseconds) * 1e6, p99: told.p99 / 1000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}
