import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSource } from '@hearth/training';
import { openRecord } from '../record.ts';
import type { EngineResult, TableResult } from './compare.ts';
import { type Engine, findEngines, isDone, readPredictions, runEngine, threads } from './engines.ts';
import { drawLosses } from './plot.ts';
import { cellsFile, outputsOf, prepare, type Spec } from './prepare.ts';
import { report } from './report.ts';
import { baseLoss, heldOutRows, scoresOf } from './scores.ts';
import { type ComparedTable, comparedTables } from './tables.ts';

/*
 * Hearth and other engines on the same folds. Goes on where an earlier run stopped; --fresh begins anew.
 * Usage: PYTHON=… npm run bench peers -- [--rows 10000] [--only NAME,NAME] [--again ENGINE] [--without ENGINE,ENGINE] [--effort normal] [--tuned SECONDS] [--note TEXT] [--fresh]
 *   --report: writes the results of the tables on which every engine has run, and runs nothing
 */
const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    only: { type: 'string' },
    again: { type: 'string' },
    without: { type: 'string', default: '' },
    effort: { type: 'string', default: 'normal' },
    tuned: { type: 'string', default: '0' },
    note: { type: 'string', multiple: true, default: [] },
    fresh: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});
const here = import.meta.dirname;
const folder = join(here, '.hearth');
const simulated = join(folder, 'simulated');
if (flags.fresh) rmSync(folder, { recursive: true, force: true });
mkdirSync(simulated, { recursive: true });

const only = flags.only?.split(',');
const record = only ? undefined : await openRecord(join(here, 'results.md'), { goesOn: true });
const picture = only ? undefined : await openRecord(join(here, 'results.svg'), { goesOn: true });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: here }).trim();
const found = findEngines({ effort: flags.effort, tuning: Number(flags.tuned) });
const without = flags.without.split(',');
const engines = found.engines.filter(({ name }) => !without.includes(name));
const missing = [
  ...found.missing,
  ...found.engines.map(({ name }) => name).filter((name) => without.includes(name)),
];
const machine = `${cpus().length} × ${cpus()[0].model}, ${threads} threads`;

const isWanted = ({ name, from }: ComparedTable) =>
  only ? only.includes(name) : !('rows' in from) || from.rows <= Number(flags.rows);
const folderOf = ({ name }: ComparedTable) => join(folder, name.replaceAll(/\W+/g, '-'));
const tables: { folder: string; spec: Spec; runs: Engine[] }[] = [];
for (const table of comparedTables.filter(isWanted)) {
  if (flags.report && !existsSync(folderOf(table))) continue;
  const spec = await prepare(table, simulated, folderOf(table));
  tables.push({ folder: folderOf(table), spec, runs: engines.filter(({ takes }) => takes?.(spec) ?? true) });
}
for (const name of flags.again?.split(',') ?? [])
  for (const each of tables) rmSync(join(each.folder, `${name}.json`), { force: true });

/** About how long a run takes, in any unit: to tell the time left. */
const costOf = (spec: Spec) =>
  spec.heldOut.length * (2 + (spec.rows * spec.columns.length * outputsOf(spec)) / 20_000);
const todo = tables.flatMap(({ folder, spec, runs }) =>
  runs.filter((engine) => !isDone(folder, engine)).map(() => costOf(spec)),
);
const whole = todo.reduce((a, b) => a + b, 0);
const began = performance.now();
let done = 0;

const results: TableResult[] = [];
for (const { folder, spec, runs } of tables) {
  if (flags.report && !runs.every((engine) => isDone(folder, engine))) continue;
  const target = await targetOf(folder, spec);
  const ran: EngineResult[] = [];
  for (const engine of runs) {
    const isNew = !isDone(folder, engine);
    const started = performance.now();
    ran.push(resultOf(folder, spec, target, engine));
    if (!isNew) continue;
    done += costOf(spec);
    const left = ((performance.now() - began) / 60_000) * (whole / done - 1);
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `${spec.name}: ${engine.name} ${seconds.toFixed(0)} s, about ${left.toFixed(0)} minutes left`,
    );
  }
  results.push({ spec, base: baseLoss(spec, target), engines: ran });
  await record?.write(report(results, { machine, missing, notes: flags.note }));
  await picture?.write(drawLosses(results));
}
if (!record) console.log(report(results, { machine, missing, notes: flags.note }));

function resultOf(folder: string, spec: Spec, target: readonly number[], engine: Engine): EngineResult {
  const { name } = engine;
  const ran = runEngine(folder, engine, commit);
  if ('failed' in ran) {
    console.error(`${spec.name}: ${name} failed: ${ran.failed}`);
    return { name, ran, scores: [] };
  }
  const answers = readPredictions(folder, engine);
  const length = heldOutRows(spec).flat().length * outputsOf(spec);
  const scores = spec.shares.map((_, s) =>
    scoresOf(spec, target, answers.subarray(s * length, (s + 1) * length)),
  );
  return { name, ran, scores };
}

/** The target as numbers; of classes, their places. */
async function targetOf(folder: string, { target, classes }: Spec): Promise<number[]> {
  const { columns, rows } = await readSource(cellsFile(folder, 0));
  const at = columns.findIndex(({ name }) => name === target);
  return rows.map(({ cells }) => {
    const text = String(cells[at]);
    return classes.length > 0 ? classes.indexOf(text) : Number(text);
  });
}
