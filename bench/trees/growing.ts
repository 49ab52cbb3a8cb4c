import { runChild } from './child.ts';
import type { Engine, EngineName } from './engines.ts';
import type { Grown, Spec } from './spec.ts';
import type { Tables } from './tables.ts';

export interface GrowingRow {
  rows: number;
  leaf: number;
  engine: EngineName;
  /** Nothing where it did not end in time. */
  grown?: Grown;
}

/** Everyone grows these; the last one Hearth alone. */
const sizes = [
  { rows: 303, leaf: 1 },
  { rows: 10_000, leaf: 1 },
  { rows: 100_000, leaf: 1 },
  { rows: 1_000_000, leaf: 50, only: 'hearth' },
] as const;

/** Seconds after which an engine is ended, and not asked for more rows. */
const limit = (name: EngineName): number => (name === 'ml-random-forest' ? 60 : 1200);

/** Grows 500 trees with each engine and size that is wanted. */
export async function* measureGrowing(
  engines: readonly Engine[],
  tables: Tables,
  { runs, budget }: Pick<Spec, 'runs' | 'budget'>,
  wanted: (...words: string[]) => boolean,
): AsyncGenerator<GrowingRow> {
  const slow = new Set<EngineName>();
  for (const { rows, leaf, ...size } of sizes) {
    for (const { name, tasks } of engines) {
      if (!tasks.grow || !wanted('growing', name, String(rows))) continue;
      if ('only' in size && size.only !== name) continue;
      if (slow.has(name)) {
        yield { rows, leaf, engine: name };
        continue;
      }
      const once = 'only' in size ? { runs: 1, budget: 0 } : { runs, budget };
      const spec = await tables.spec({ task: 'grow', rows, leaf, trees: 500, ...once });
      const grown = await runChild<Grown>(tasks.grow, spec, limit(name));
      if (!grown) slow.add(name);
      yield { rows, leaf, engine: name, grown };
    }
  }
}
