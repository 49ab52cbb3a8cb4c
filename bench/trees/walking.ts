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

/** Walks 500 trees with each engine, on one thread and on two. */
export async function* measureWalking(
  engines: readonly Engine[],
  tables: Tables,
  { runs, budget }: Pick<Spec, 'runs' | 'budget'>,
  wanted: (...words: string[]) => boolean,
): AsyncGenerator<WalkingRow> {
  for (const rows of [303, 10_000]) {
    const task = { task: 'walk', rows, leaf: 1, trees: 500, testRows: walkedRows, runs, budget } as const;
    if (wanted('walking', String(rows))) await writeTrees(await tables.spec(task));
    for (const { name, tasks } of engines) {
      if (!tasks.walk || !wanted('walking', name, String(rows))) continue;
      for (const threads of [1, 2]) {
        const walked = await runChild<Walked>(tasks.walk, await tables.spec({ ...task, threads }), limit);
        if (!walked) throw new Error(`${name} took more than ${limit} s to walk`);
        yield { rows, threads, engine: name, walked };
      }
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
