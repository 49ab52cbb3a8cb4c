import { english } from '@hearth/artifact';
import { type Comparison, comparePairs, type Paired } from './compare.ts';
import { holm } from './holm.ts';
import { limits } from './limits.ts';
import { upperTail } from './upper-tail.ts';

/** The comparison of two versions on the rows of a declared subgroup. */
export interface SubgroupComparison extends Comparison {
  subgroup: string;
  /** Whether the challenger is significantly worse there, all compared subgroups taken together. */
  worse: boolean;
}

/** One-sided, as the lower end of a 95 % interval above 0. */
const level = 0.025;

/**
 * Compares two versions within each subgroup that has enough rows. Worse are those that Holm's procedure finds: of many
 * subgroups some look worse by chance.
 * @param scale `lossScale`
 */
export function compareSubgroups({ pairs, subgroups }: Paired, scale: number): SubgroupComparison[] {
  const compared = subgroups
    .map((label, i) => ({ label, rows: pairs.filter((pair) => pair.subgroups.includes(i)) }))
    .filter(({ rows }) => rows.length >= limits.commonRows)
    .map(({ label, rows }) => ({ subgroup: english(label), ...comparePairs(rows, scale) }));
  const worse = new Set(holm(compared.map(chanceOf), level).map((i) => compared[i]));
  return compared.map((each) => ({ ...each, worse: worse.has(each) }));
}

/** The probability of a loss at least as large as this if the versions do not differ. */
function chanceOf({ loss, low, high }: Comparison): number {
  const error = (high - low) / (2 * 1.959963984540054);
  if (error === 0) return loss > 0 ? 0 : 1;
  return upperTail(loss / error);
}
