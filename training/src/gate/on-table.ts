import type { Model } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import { observedRows } from '../pipeline/evaluate-table.ts';
import type { SourceTable } from '../sources/index.ts';
import { type Comparison, comparePairs, lossOf, lossScale, type Pair } from './compare.ts';
import { limits } from './limits.ts';

type Judged = Pick<Model, 'manifest' | 'predict'>;

/**
 * Compares two versions by their predictions of the rows of a table: what an imported version, of which nobody knows out-of-fold
 * predictions, can be judged by. @throws InputError for too few rows that both can answer, or a table without the target
 */
export function compareOnTable(
  source: SourceTable,
  challenger: Judged,
  champion: Judged,
): Comparison & { pairs: readonly Pair[] } {
  const theirs = judgedRows(source, champion);
  const pairs = [...judgedRows(source, challenger)].flatMap(([place, ours]): Pair[] => {
    const other = theirs.get(place);
    return other === undefined ? [] : [{ target: ours.y, challenger: ours, other, subgroups: [] }];
  });
  if (pairs.length < limits.commonRows)
    throw inputError(
      'BAD_TARGET',
      source.path,
      `${pairs.length} rows have a target and cells that both versions allow; at least ${limits.commonRows} are needed to compare them`,
    );
  const observed = pairs.map(({ target }) => target);
  return { ...comparePairs(pairs, lossScale(challenger.manifest.target, observed) || 1), pairs };
}

function judgedRows(source: SourceTable, model: Judged) {
  const { target } = model.manifest;
  const loss = lossOf(target);
  return new Map(
    Array.from(observedRows(source, model.manifest), ({ place, row, y }) => {
      const { answer, outputs = [answer] } = model.predict(row);
      return [place, { y, prediction: answer, square: loss(y, outputs, 0) }] as const;
    }),
  );
}
