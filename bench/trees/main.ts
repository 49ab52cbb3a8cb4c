import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureAnswering } from './answering.ts';
import { findEngines } from './engines.ts';
import { measureGrowing } from './growing.ts';
import { mergeResults, noResults, openResults, readResults } from './results.ts';
import { measureScaling } from './scaling.ts';
import { createTables } from './tables.ts';
import { measureWalking } from './walking.ts';

/**
 * Compares growing and walking with ranger, scikit-learn, ml-random-forest and onnxruntime.
 * Usage: npm run bench trees -- [--quick] [--only WORD,WORD]
 * --quick: one round instead of five. --only: measures only the named parts (growing, walking, answering, scaling, an engine, a number of
 * rows) and keeps the other results.
 */
const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only?.split(',');
const wanted = (...words: string[]) => only?.every((word) => words.includes(word)) ?? true;
const rounds = values.quick ? 1 : 5;

const { engines, missing } = findEngines(process.env);
for (const what of missing) console.log(`missing: ${what}`);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const machine = { processor: `${cpus().length} × ${cpus()[0].model}`, engines, missing };
const now = noResults();
const writeResults = await openResults(machine, only !== undefined);
const earlier = only ? await readResults() : noResults();
/** Written after every row: a run that ends early can be continued with --only. */
const keep = async (row: object): Promise<void> => {
  console.log(JSON.stringify(row));
  await writeResults(mergeResults(earlier, now));
};
const folder = await mkdtemp(join(tmpdir(), 'hearth-trees-'));
try {
  const tables = await createTables(folder);
  for await (const row of measureGrowing(engines, tables, rounds, wanted)) {
    now.growing.push({ ...row, commit });
    await keep(row);
  }
  for await (const row of measureWalking(engines, tables, rounds, wanted)) {
    now.walking.push({ ...row, commit });
    await keep(row);
  }
  if (wanted('answering')) {
    for await (const row of measureAnswering()) {
      now.answering.push({ ...row, commit });
      await keep(row);
    }
  }
  if (wanted('scaling')) {
    for await (const point of measureScaling(engines[0], tables)) {
      now.scaling.push({ ...point, commit });
      await keep(point);
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
