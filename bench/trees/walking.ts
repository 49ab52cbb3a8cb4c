import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeForest } from '@hearth/artifact';
import { encodeTrees } from '@hearth/training';
import { runChild } from './child.ts';
import type { Engine, EngineName } from './engines.ts';
import { createGrower } from './grow.ts';
import type { Spec, Walked } from './spec.ts';
import type { Tables } from './tables.ts';

export interface WalkingRow {
  /** Rows that the trees were grown on. */
  rows: number;
  threads: number;
  engine: EngineName;
  walked: Walked;
}

export const walkedRows = 100_000;
const limit = 600;

/** Seconds of a turn, in which a fast engine walks the rows more than once. */
const turnSeconds = 2;

/** Walks 500 trees with each engine, on one thread and on two. Engines take turns, so that other load on the machine affects all. */
export async function* measureWalking(
  engines: readonly Engine[],
  tables: Tables,
  rounds: number,
  wanted: (...words: string[]) => boolean,
): AsyncGenerator<WalkingRow> {
  for (const rows of [303, 10_000]) {
    const timing = { runs: 1, budget: turnSeconds };
    const spec = await tables.spec({
      task: 'walk',
      rows,
      leaf: 1,
      trees: 500,
      testRows: walkedRows,
      ...timing,
    });
    const measured = engines
      .filter(({ name, tasks }) => tasks.walk && wanted('walking', name, String(rows)))
      .flatMap(({ name, tasks }) =>
        [1, 2].map((threads) => ({ name, command: tasks.walk as string[], threads, turns: [] as Walked[] })),
      );
    if (measured.length > 0) await writeTrees(spec);
    for (let round = 0; round < rounds; round++) {
      for (const { name, command, threads, turns } of measured) {
        const walked = await runChild<Walked>(command, { ...spec, threads }, limit);
        if (!walked) throw new Error(`${name} took more than ${limit} s to walk`);
        turns.push(walked);
      }
    }
    for (const { name, threads, turns } of measured) {
      const walked = { one: turns.flatMap(({ one }) => one), batch: turns.flatMap(({ batch }) => batch) };
      yield { rows, threads, engine: name, walked };
    }
  }
}

/** The same trees for Hearth and onnxruntime. */
async function writeTrees(spec: Spec): Promise<void> {
  const { forest } = await (await createGrower(spec))();
  const answer = { base: 0, divisor: spec.trees, link: 'identity' } as const;
  await writeFile(join(spec.folder, 'forest.safetensors'), encodeForest(forest));
  await writeFile(join(spec.folder, 'trees.onnx'), encodeTrees(forest, answer, spec.columns));
}
