import { Features } from '../features.ts';
import { type Imported, type ImportedTarget, ImportFault, type Reader } from '../imported.ts';
import { headOf, parseLooseJson } from '../parse-text.ts';
import { Part } from '../part.ts';
import { TreeArrays } from '../tree-arrays.ts';
import { columnsOf } from './columns.ts';
import { lossOf } from './losses.ts';
import { addOblivious, addTree, type Reading } from './trees.ts';

export const catboostJson: Reader = {
  format: 'CatBoost JSON',
  recognises: (bytes) =>
    /^\{\s*"(features_info|model_info|ctr_data|oblivious_trees|scale_and_bias|trees)"\s*:/.test(
      headOf(bytes),
    ),
  read: (bytes) => readDocument(parseLooseJson(bytes)),
};

export const catboostBinary: Reader = {
  format: 'CatBoost binary',
  recognises: (bytes) => headOf(bytes).startsWith('CBM1'),
  read() {
    throw new ImportFault(
      'is CatBoost\'s binary format; save it with save_model("model.json", format="json", pool=training_pool)',
    );
  },
};

/** A model as save_model(…, format="json") writes it. Sums are in float64: scale · Σ + bias. */
function readDocument(document: unknown): Imported {
  const file = new Part(document);
  const loss = lossOf(file.get('model_info').get('params').get('loss_function'));
  const columns = columnsOf(file.get('features_info'));
  const both = file.get('scale_and_bias');
  const [scale, biases] = both.list();
  if (!biases) both.fault('has no bias');
  const bias = Array.from(biases.numbers());
  const symmetric = file.find('oblivious_trees');
  const trees = (symmetric ?? file.get('trees')).list();
  if (trees.length === 0) throw new ImportFault('has no tree');
  const names =
    file
      .get('model_info')
      .find('class_params')
      ?.find('class_names')
      ?.list()
      .map(({ value }) => String(value)) ?? [];
  const outputs = loss.target === 'classes' ? names.length : 1;
  const reading: Reading = { columns, features: new Features(), outputs, vectors: [] };
  const add = symmetric ? addOblivious : addTree;
  const arrays = new TreeArrays(nodesOf(trees));
  for (const tree of trees) add(tree, reading, arrays);
  return {
    source: {
      tool: 'CatBoost',
      version: versionOf(file),
      method: symmetric ? 'symmetric trees' : 'trees',
      options: { loss: loss.name, rounds: trees.length },
    },
    columns: columns.imported,
    target: targetOf(loss, names),
    features: reading.features.list,
    trees: {
      forest: arrays.forest(),
      hasCovers: true,
      ...(outputs > 1 && { leafValues: Float64Array.from(reading.vectors) }),
    },
    answer: {
      link: loss.link,
      scale: scale.number(),
      offset:
        outputs === 1 ? (bias[0] ?? 0) : Array.from({ length: outputs }, (_, k) => bias[k] ?? bias[0] ?? 0),
    },
    bounds: { score: 0, answer: 1e-14 },
    notes: columns.notes,
  };
}

function targetOf({ target, quantile }: ReturnType<typeof lossOf>, names: readonly string[]): ImportedTarget {
  if (target === 'classes') {
    if (names.length < 2) throw new ImportFault('has no names of classes in model_info.class_params');
    return { type: 'classes', count: names.length, classes: names };
  }
  if (target === 'binary') return { type: 'binary', ...(names.length === 2 && { classes: names }) };
  if (target === 'numeric' && quantile !== undefined) return { type: 'numeric', quantiles: [quantile] };
  return { type: target };
}

/** At most so many: every leaf of a symmetric tree has a value, and other trees have as many nodes as members "split" and "value". */
const nodesOf = (trees: readonly Part[]): number =>
  trees.reduce((sum, tree) => {
    const leaves = tree.find('leaf_values');
    return sum + (leaves ? 2 * leaves.numbers().length : countNodes(tree));
  }, 1);

function countNodes(tree: Part): number {
  let count = 0;
  const waiting = [tree];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    count++;
    for (const side of ['left', 'right']) {
      const child = part.find(side);
      if (child) waiting.push(child);
    }
  }
  return count;
}

function versionOf(file: Part): string {
  const about = file.get('model_info').find('catboost_version_info')?.value;
  return typeof about === 'string' ? (/(?:release |tags\/v)(\d+(?:\.\d+)+)/.exec(about)?.[1] ?? '') : '';
}
