import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findEngines } from './engines.ts';
import { type GrowingRow, measureGrowing } from './growing.ts';
import { drawScaling } from './plot.ts';
import { report } from './report.ts';
import { measureScaling, type ScalingPoint } from './scaling.ts';
import { createTables } from './tables.ts';
import { measureWalking, type WalkingRow } from './walking.ts';

/**
 * Growing and walking beside ranger, scikit-learn, ml-random-forest and onnxruntime.
 * Usage: pnpm bench trees [--quick] [--only WORD,WORD]
 * --quick runs what takes long less often than five times. --only leaves out what it does not name: growing, walking, scaling, an
 * engine, a number of rows; then nothing is written.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only?.split(',');
const wanted = (...words: string[]) => only?.every((word) => words.includes(word)) ?? true;
const timing = { runs: 5, budget: values.quick ? 20 : 1_000_000 };

const { engines, missing } = findEngines(process.env);
for (const what of missing) console.log(`missing: ${what}`);
const folder = await mkdtemp(join(tmpdir(), 'hearth-trees-'));
try {
  const tables = await createTables(folder);
  const growing: GrowingRow[] = [];
  for await (const row of measureGrowing(engines, tables, timing, wanted)) {
    growing.push(row);
    console.log(JSON.stringify(row));
  }
  const walking: WalkingRow[] = [];
  for await (const row of measureWalking(engines, tables, timing, wanted)) {
    walking.push(row);
    console.log(JSON.stringify(row));
  }
  const scaling: ScalingPoint[] = [];
  if (wanted('scaling')) {
    for await (const point of measureScaling(engines[0], tables)) {
      scaling.push(point);
      console.log(JSON.stringify(point));
    }
  }
  if (!only) {
    const machine = `${cpus().length} × ${cpus()[0].model}`;
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const command = `pnpm bench trees${values.quick ? ' --quick' : ''}`;
    const text = report({ machine, commit, command, engines, missing, growing, walking });
    await writeFile(join(import.meta.dirname, 'results.md'), text);
    await writeFile(join(import.meta.dirname, 'scaling.svg'), drawScaling(scaling));
  }
} finally {
  await rm(folder, { recursive: true });
}
