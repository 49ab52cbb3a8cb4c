import { runChild } from './child.ts';
import type { Engine, EngineName } from './engines.ts';
import type { Grown } from './spec.ts';
import type { Tables } from './tables.ts';

export interface GrowingRow {
  rows: number;
  leaf: number;
  engine: EngineName;
  /** Empty if it did not end in time. */
  grown?: Grown;
}

/** The sizes for all engines; the last one only for Hearth. */
const sizes = [
  { rows: 303, leaf: 1 },
  { rows: 10_000, leaf: 1 },
  { rows: 100_000, leaf: 1 },
  { rows: 1_000_000, leaf: 50, only: 'hearth' },
] as const;

/** Seconds after which an engine is ended, and not measured with more rows. */
const limit = (name: EngineName): number => (name === 'ml-random-forest' ? 30 : 600);

/** Seconds of a turn, in which a fast engine grows more than once. */
const turnSeconds = 6;

/** Grows 500 trees with each selected engine and size. Engines take turns, so that other load on the machine affects all. */
export async function* measureGrowing(
  engines: readonly Engine[],
  tables: Tables,
  rounds: number,
  wanted: (...words: string[]) => boolean,
): AsyncGenerator<GrowingRow> {
  const slow = new Set<EngineName>();
  for (const { rows, leaf, ...size } of sizes) {
    const asked = engines.filter(
      ({ name, tasks }) =>
        tasks.grow && wanted('growing', name, String(rows)) && !('only' in size && size.only !== name),
    );
    const turn = await tables.spec({ task: 'grow', rows, leaf, trees: 500, runs: 7, budget: turnSeconds });
    const turns = new Map<EngineName, Grown[]>(asked.map(({ name }) => [name, []]));
    for (let round = 0; round < ('only' in size ? 1 : rounds); round++) {
      for (const { name, tasks } of asked) {
        if (slow.has(name)) continue;
        const grown = await runChild<Grown>(tasks.grow as string[], turn, limit(name));
        if (grown) turns.get(name)?.push(grown);
        else slow.add(name);
      }
    }
    for (const { name } of asked) yield { rows, leaf, engine: name, grown: together(turns.get(name) ?? []) };
  }
}

/** All turns of an engine as one result; undefined if there is none. */
function together(turns: readonly Grown[]): Grown | undefined {
  const [first] = turns;
  return (
    first && {
      ...first,
      seconds: turns.flatMap(({ seconds }) => seconds),
      cpu: turns.flatMap(({ cpu }) => cpu),
      peak: turns.some(({ peak }) => peak === null) ? null : Math.max(...turns.map(({ peak }) => peak ?? 0)),
    }
  );
}
