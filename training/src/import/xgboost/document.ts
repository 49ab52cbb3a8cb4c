import {
  type Imported,
  type ImportedColumn,
  type ImportedTarget,
  ImportFault,
  type ReadOptions,
} from '../imported.ts';
import { Part } from '../part.ts';
import { columnsOf } from './columns.ts';
import { type Objective, objectiveOf } from './objectives.ts';
import { readTrees } from './trees.ts';

/** Whether a parsed document has the shape of a model of XGBoost. */
const parameters = 'learner.learner_model_param';

/**
 * A model of XGBoost's JSON or UBJSON as it is after parsing (https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html), in
 * the layouts of 1.7 to 3.4. Sums are in float32: the base, then the trees in their order.
 */
export function readDocument(document: unknown, { iterations }: ReadOptions): Imported {
  const file = new Part(document);
  if (!file.find('learner')) refuseOther(file);
  const learner = file.get('learner');
  const version = versionOf(file);
  const booster = boosterOf(learner.get('gradient_booster'));
  const { model, method } = booster;
  const parameter = learner.get('learner_model_param');
  const objectivePart = learner.get('objective');
  const objective = objectiveOf(objectivePart.get('name').text());
  const classes = parameter.find('num_class')?.whole(0, 1000) ?? 0;
  const targets = parameter.find('num_target')?.whole(0, 1000) ?? 1;
  const quantiles = quantilesOf(objectivePart);
  if (targets > 1 && quantiles.length !== targets)
    throw new ImportFault(
      `${parameters}.num_target is ${targets}: a model of hearth has one target; train a model for each`,
    );
  if (quantiles.length > 1) refuseSorted(version);
  const outputs = Math.max(1, classes, targets);
  const areCut = /^3\.[12]\./.test(version);
  const columns = columnsOf(learner, model, parameter.get('num_feature').whole(0, 100_000), areCut);
  const cut = areCut ? columns.filter(({ codes }) => codes !== undefined).map(({ name }) => name) : [];
  const trees = readTrees(model, columns, {
    outputs,
    iterations,
    weights: booster.weights,
    place: learner.place,
  });
  const { rounds, used } = trees;
  return {
    source: {
      tool: 'XGBoost',
      version,
      method,
      options: {
        objective: objectivePart.get('name').text(),
        rounds: used,
        ...(used < rounds && { trained: rounds }),
      },
    },
    columns: withMissing(columns, learner),
    target: targetOf(objective, outputs, quantiles),
    features: trees.features,
    trees: trees.trees,
    answer: {
      link: objective.link,
      base: basesOf(parameter.get('base_score'), objective, outputs),
      baseFirst: true,
      precision: 'float32',
    },
    // 2 units in the last place of float32: exp of other libraries
    bounds: { score: 0, answer: 2 ** -22 },
    notes: [
      ...(objective.note ? [objective.note] : []),
      ...earlyStopping(learner, rounds, iterations),
      ...cut.map(
        (name) =>
          `XGBoost ${version} cuts names of categories outside ASCII in its file, so the values of "${name}" are their codes here: name them in a data package, in the order of the codes (--package), or train with XGBoost 3.3`,
      ),
    ],
  };
}

function refuseOther(file: Part): never {
  if (Array.isArray(file.value))
    throw new ImportFault(
      'is what dump_model writes, in which numbers are rounded; save the model with save_model("model.json")',
    );
  throw new ImportFault(
    'has no "learner": it is no model of XGBoost; save one with save_model("model.json")',
  );
}

const versionOf = (file: Part): string =>
  file
    .find('version')
    ?.list()
    .map((each) => each.whole())
    .join('.') ?? '';

/** The booster's model, and the weights of DART's trees, which have stood in three places. */
function boosterOf(booster: Part): { model: Part; method: string; weights?: Float64Array } {
  const name = booster.get('name').text();
  if (name === 'gblinear')
    throw new ImportFault(
      'is a linear model (gblinear), which has no trees; fit it with scikit-learn or R, and import that',
    );
  const outer = name === 'dart' ? booster.get('gbtree') : booster;
  const model = outer.get('model');
  const weights = booster.find('weight_drop') ?? model.find('weight_drop');
  return { model, method: weights ? 'dart' : 'gbtree', ...(weights && { weights: weights.numbers() }) };
}

function quantilesOf(objective: Part): number[] {
  const alpha = objective.find('quantile_loss_param')?.find('quantile_alpha');
  if (!alpha) return [];
  const all =
    typeof alpha.value === 'string'
      ? alpha.value
          .replace(/[[\]()\s]/g, '')
          .split(',')
          .map(Number)
      : Array.from(alpha.numbers());
  if (all.every((p, i) => p > (all[i - 1] ?? 0) && p < 1)) return all;
  return alpha.fault('does not ascend between 0 and 1, as quantiles do here; train them in that order');
}

/** From 3.4 on XGBoost sorts the quantiles of each row. */
function refuseSorted(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 3 || (major === 3 && minor >= 4))
    throw new ImportFault(
      `XGBoost ${version} sorts several quantiles of each row; train a model for each quantile`,
    );
}

function targetOf({ target }: Objective, outputs: number, quantiles: readonly number[]): ImportedTarget {
  if (target === 'classes') {
    if (outputs < 2)
      throw new ImportFault(`${parameters}.num_class is ${outputs}; several classes are at least 2`);
    return { type: 'classes', count: outputs };
  }
  if (outputs > 1 && quantiles.length !== outputs)
    throw new ImportFault(`the model has ${outputs} outputs, which its objective does not explain`);
  if (quantiles.length > 0) return { type: 'numeric', quantiles };
  return { type: target };
}

/** A number for each output, as a text: "5E-1", or since 3.1 "[5E-1,…]"; one number counts for each. */
function basesOf(part: Part, { margin }: Objective, outputs: number): number | number[] {
  const texts = part
    .text()
    .replace(/^\[|\]$/g, '')
    .split(',');
  const bases = texts.map((text) => margin(Number(text)));
  if (!bases.every(Number.isFinite)) part.fault('is not a number, or outside the range of the objective');
  if (bases.length !== 1 && bases.length !== outputs)
    part.fault(`has ${bases.length} numbers for ${outputs} outputs`);
  if (outputs === 1) return bases[0];
  return Array.from({ length: outputs }, (_, k) => bases[k % bases.length]);
}

/** The scikit-learn class answers with the best rounds, the native one with all. */
function earlyStopping(learner: Part, rounds: number, iterations: number | undefined): string[] {
  const best = learner.find('attributes')?.find('best_iteration')?.whole();
  if (best === undefined || best + 1 >= rounds || iterations !== undefined) return [];
  return [
    `all ${rounds} rounds are imported, as Booster.predict answers; XGBoost's scikit-learn classes answer with the first ${best + 1}: for that, --iterations ${best + 1}`,
  ];
}

/** The scikit-learn class of 1.7 kept the number that means missing. */
function withMissing(columns: readonly ImportedColumn[], learner: Part): readonly ImportedColumn[] {
  const text = learner.find('attributes')?.find('scikit_learn')?.value;
  const number =
    typeof text === 'string' ? /"missing":\s*(-?[\d.]+(?:[eE][-+]?\d+)?)\s*[,}]/.exec(text)?.[1] : undefined;
  if (number === undefined) return columns;
  return columns.map((column) => ({ ...column, missingNumbers: [Number(number)] }));
}
