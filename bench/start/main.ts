import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRecord } from '../record.ts';
import { median } from '../trees/measure.ts';
import { createTables } from '../trees/tables.ts';
import { measureStart, type Started } from './measure-start.ts';
import { findServers } from './servers.ts';

/**
 * Measures the time from the start of a process to its first prediction, and its memory at rest, of Hearth, a minimal server and peers. The
 * servers take turns. Linux only.
 * Usage: npm run bench start -- [--runs N] [--only WORD]   WORD is part of a server's name; then nothing is written
 */
const { values } = parseArgs({ options: { runs: { type: 'string' }, only: { type: 'string' } } });
const runs = Number(values.runs ?? 7);
const node = process.execPath;
const api = join(import.meta.dirname, '../../api');
const typescript = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];

const record = values.only ? undefined : await openRecord(join(import.meta.dirname, 'results.md'));
const folder = await mkdtemp(join(tmpdir(), 'hearth-start-'));
try {
  const tables = await createTables(folder);
  const table = await tables.spec({ task: 'grow', rows: 303, leaf: 1, trees: 500 });
  const { servers, missing } = findServers(process.env, { table, folder });
  for (const what of missing) console.log(`missing: ${what}`);

  const asked = servers.filter(({ name }) => !values.only || name.includes(values.only));
  const env = { ...process.env, MODELS: join(api, '../models') };
  for (const [program, ...args] of asked.flatMap(({ preparation }) => preparation ?? [])) {
    execFileSync(program, args, { cwd: api, env, stdio: 'pipe' });
  }
  const started = new Map<string, Started[]>(asked.map(({ name }) => [name, []]));
  for (let run = 0; run < runs; run++) {
    for (const server of asked) started.get(server.name)?.push(await measureStart(server));
  }
  const loads = Array.from({ length: runs }, () =>
    Number(execFileSync(node, [...typescript, join(import.meta.dirname, 'load-artifact.ts')])),
  );

  const middle = (name: string, key: keyof Started) =>
    median((started.get(name) ?? []).map((one) => one[key]));
  const least = asked[0].name;
  const cells = (name: string) =>
    (['seconds', 'cpu', 'memory'] as const).flatMap((key) => {
      const value = middle(name, key);
      return [value.toFixed(key === 'memory' ? 0 : 2), (value / middle(least, key)).toFixed(2)];
    });
  const text = `# Start

${cpus().length} × ${cpus()[0].model}, Node ${process.version}, commit ${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()}. Made by \`npm run bench start\`: medians of ${runs} starts, taking turns, from
the start of the process to the end of its first prediction. Memory is the resident memory after one second without work.
${missing.map((what) => `\nNot measured, because this machine does not have it: ${what}.\n`).join('')}
| server | s | of Fastify’s | s of processor | of Fastify’s | MB at rest | of Fastify’s |
|---|--:|--:|--:|--:|--:|--:|
${asked.map(({ name }) => `| ${[name, ...cells(name)].join(' | ')} |`).join('\n')}

A new process reads the model in production, with all checks, in ${median(loads).toFixed(0)} ms.
`;
  console.log(text);
  await record?.write(text);
} finally {
  await rm(folder, { recursive: true });
}
