import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelsOf, type Model, outputNames } from '@hearth/artifact';
import { readModel, writeArtifact } from '@hearth/artifact/store';
import {
  createProgress,
  faultless,
  inferPackage,
  planTraining,
  readSource,
  readTable,
  rowAnswerer,
  threadPool,
  train,
} from '@hearth/training';
import { peakMemory } from '../trees/measure.ts';
import type { Ran } from './engines.ts';
import { cellsFile, outputsOf, type Spec } from './prepare.ts';

/*
 * Trains as `hearth train` does by default, on the rows of each fold, and predicts those held out. Of the evaluation, only what chooses the
 * learner is done: the scores by stages, the learning curve and the references to compare with are left out.
 * Usage: node hearth.ts FOLDER EFFORT
 */
const [folder, effort] = process.argv.slice(2) as [string, 'quick' | 'normal' | 'thorough'];
const notChoosing = ['stages', 'learning-curve', 'regression', 'ml-random-forest'];
const spec: Spec = JSON.parse(readFileSync(join(folder, 'spec.json'), 'utf8'));
const [header, ...lines] = readFileSync(cellsFile(folder, 0), 'utf8').trimEnd().split('\n');
const sources = await Promise.all(spec.shares.map((share) => readSource(cellsFile(folder, share))));
const names = sources[0].columns.map(({ name }) => name);
const ran: Ran = {
  version: `--effort ${effort} on Node ${process.versions.node}`,
  seconds: [],
  cpu: [],
  peak: null,
  notes: [],
};
/** [shares][folds][rows held out × outputs] */
const answers: number[][][] = spec.shares.map(() => []);

for (const fold of spec.heldOut) {
  const file = join(folder, 'train.csv');
  writeFileSync(file, [header, ...lines.filter((_, row) => spec.fold[row] !== fold), ''].join('\n'));
  const began = performance.now();
  const cpu = process.cpuUsage();
  const model = await learn(file);
  const { user, system } = process.cpuUsage(cpu);
  ran.seconds.push((performance.now() - began) / 1000);
  ran.cpu.push((user + system) / 1e6);
  const { engine } = model.manifest;
  ran.notes.push(`${engine.name} ${JSON.stringify(engine.options)}`);
  for (const [s, { rows, decimal }] of sources.entries())
    answers[s].push(
      answersOf(
        model,
        rows.filter((_, row) => spec.fold[row] === fold),
        decimal,
      ),
    );
}
writeFileSync(join(folder, 'Hearth.f64'), Float64Array.from(answers.flat(2)));
ran.peak = peakMemory();
console.log(JSON.stringify(ran));

/** The model of a table as it is. */
async function learn(file: string): Promise<Model> {
  const { classes } = spec;
  const { draft, source } = await inferPackage(file, {
    target: spec.target,
    ...(classes.length === 2 ? { positive: classes[1] } : classes.length > 2 && { classes: true }),
  });
  const table = await readTable(faultless(draft), [], source);
  const { plan } = planTraining(table, { engine: 'auto' }, { effort });
  const pool = threadPool({ table });
  const out = join(folder, 'artifact');
  try {
    const { folds, repeats } = plan;
    const leftOut = [...new Set([...plan.leftOut, ...notChoosing])];
    const { artifact } = await train(
      table,
      { engine: 'auto', seed: 1, folds, repeats, plan: { ...plan, leftOut } },
      createProgress(process.stderr),
      pool,
    );
    rmSync(out, { recursive: true, force: true });
    await writeArtifact(artifact, out);
  } finally {
    await pool.close();
  }
  return readModel(out);
}

type Row = Parameters<ReturnType<typeof rowAnswerer>>[0][number];

/** [rows × outputs], of classes in the order of the spec. */
function answersOf(model: Model, rows: readonly Row[], decimal: '.' | ','): number[] {
  const { readings, errors } = rowAnswerer(model, names, decimal)(rows.map(withoutUnknown(model)));
  const fault = errors.find((error) => error !== undefined);
  if (fault !== undefined) throw new Error(`a row was not answered: ${fault}`);
  if (outputsOf(spec) === 1) return Array.from(readings.answer);
  const known = outputNames(model.manifest.target)?.names ?? [];
  const order = spec.classes.map((name) => known.indexOf(name));
  const { outputs = new Float64Array(0) } = readings;
  // a class that no training row has gets no probability
  return rows.flatMap((_, row) => order.map((k) => (k < 0 ? 0 : outputs[row * known.length + k])));
}

/** Leaves out categories that no training row has, as a caller does who is told that they are not allowed. */
function withoutUnknown({ manifest: { columns } }: Model) {
  const known = names.map((name) => {
    const column = columns.find((each) => each.name === name);
    const levels = column && levelsOf(column);
    return levels && new Set(levels.map(String));
  });
  return (row: Row): Row => ({
    ...row,
    cells: row.cells.map((cell, i) => (known[i]?.has(String(cell)) === false ? '' : cell)),
  });
}
