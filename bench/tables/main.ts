import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRecord } from '../record.ts';
import { exportTables } from './export.ts';
import { makeOtherTables } from './other-tables.ts';
import { formatResults } from './results.ts';
import { type Run, runTable } from './run.ts';
import { publicTables } from './tables.ts';

/*
 * Takes public tables through `hearth try`, `publish`, `promote`, API and page.
 * Usage: node main.ts [--only NAME,NAME] (prints, and writes no results). Needs R with mlbench, vcd and rpart, and chromium.
 */
const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const only = options.only?.split(',');
const here = import.meta.dirname;
const folder = join(here, '.hearth');
const record = only ? undefined : await openRecord(join(here, 'results.md'));

const csv = exportTables();
const work = join(folder, 'work');
await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });

const others = await makeOtherTables(csv);
for (const each of others.missing) console.error(`left out: ${each}`);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: here }).trim();
const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, commit ${commit}`;
const runs: Run[] = [];
for (const table of [...publicTables, ...others.tables]) {
  if (only && !only.includes(table.name)) continue;
  const run = await runTable(work, table, table.file ?? join(csv, `${table.name}.csv`));
  runs.push(run);
  await record?.write(formatResults(runs, machine));
  console.log(`${table.name}: ${run.seconds.toFixed(0)} s ${run.faults.join('; ') || 'ok'}`);
}
await others.close();
if (!record) console.log(formatResults(runs, machine));
process.exitCode = runs.some(({ faults }) => faults.length > 0) ? 1 : 0;
