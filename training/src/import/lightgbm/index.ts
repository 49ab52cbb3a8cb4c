import { Features } from '../features.ts';
import {
  type Imported,
  type ImportedTarget,
  ImportFault,
  type Reader,
  type ReadOptions,
} from '../imported.ts';
import { headOf, textOf } from '../parse-text.ts';
import { TreeArrays } from '../tree-arrays.ts';
import { columnsOf } from './columns.ts';
import { type Objective, objectiveOf } from './objectives.ts';
import { sectionsOf } from './text.ts';
import { addTree } from './trees.ts';

export const lightgbmText: Reader = {
  format: 'LightGBM text',
  recognises: (bytes) => /^tree\r?\nversion=/.test(headOf(bytes)),
  read: (bytes, options) => readText(textOf(bytes), options),
};

/** A model file of LightGBM, versions 3 and 4 (Tree::ToString, GBDT::SaveModelToString). Sums are in float64, from 0. */
function readText(text: string, { iterations }: ReadOptions): Imported {
  const { header, trees: all, rest } = sectionsOf(text);
  const isAveraged = header.find('average_output') !== undefined;
  const objective = objectiveOf(header.find('objective'));
  const outputs = header.whole('num_tree_per_iteration', 1, 1000);
  const rounds = Math.floor(all.length / outputs);
  if (iterations !== undefined && iterations > rounds)
    throw new ImportFault(`has ${rounds} rounds, not ${iterations}, as --iterations says`);
  const used = iterations ?? rounds;
  const trees = all.slice(0, used * outputs);
  if (trees.length === 0) throw new ImportFault('has no tree');
  const columns = columnsOf(header, rest);
  const features = new Features();
  const arrays = new TreeArrays(
    trees.reduce((sum, tree) => sum + 2 * tree.whole('num_leaves', 1, 2 ** 24) - 1, 0),
  );
  for (const tree of trees) addTree(tree, columns, features, arrays);
  return {
    source: {
      tool: 'LightGBM',
      version: '',
      method: isAveraged ? 'rf' : 'gbdt',
      options: {
        objective: header.find('objective') ?? 'custom',
        format: header.find('version') ?? '',
        rounds: used,
        ...(used < rounds && { trained: rounds }),
      },
    },
    columns,
    target: targetOf(objective, outputs, rest),
    features: features.list,
    trees: {
      forest: arrays.forest(),
      hasCovers: true,
      ...(outputs > 1 && { output: Int32Array.from(trees, (_, i) => i % outputs) }),
    },
    answer: {
      link: objective.link,
      ...(isAveraged && { divisor: used }),
      ...(objective.scale !== undefined && objective.scale !== 1 && { scale: objective.scale }),
    },
    scoresAre: 'sums',
    bounds: { score: 0, answer: 1e-14 },
    ...(objective.note && { notes: [objective.note] }),
  };
}

function targetOf({ target }: Objective, outputs: number, rest: string): ImportedTarget {
  if (target === 'classes') return { type: 'classes', count: outputs };
  if (outputs > 1)
    throw new ImportFault(`has ${outputs} trees in each round, which its objective does not explain`);
  const alpha = /\n\[objective: quantile\][\s\S]*\n\[alpha: ([\d.]+)\]/.exec(rest)?.[1];
  if (alpha !== undefined) return { type: 'numeric', quantiles: [Number(alpha)] };
  return { type: target };
}
