export { faultless, readPackage } from './data/package.ts';
export { readTable } from './data/table.ts';
export { createDesign, type Design } from './design.ts';
export { threadPool } from './evaluation/fold-threads.ts';
export { stratifiedFolds } from './evaluation/folds.ts';
export { auc, calibration, midranks } from './evaluation/metrics.ts';
export { predictOutOfFold } from './evaluation/out-of-fold.ts';
export { squaredError } from './evaluation/row-loss.ts';
export { compare, scoreCalibrated } from './evaluation/scores.ts';
export { calibrationOfValues } from './evaluation/value-calibration.ts';
export { encodeTrees, packAsOnnx } from './export/onnx/index.ts';
export { holm } from './gate/holm.ts';
export { binTable, boostLeafwise, growForest } from './grow/index.ts';
export { type Inferred, inferPackage, modelNameOf } from './infer/index.ts';
export {
  fitAdditiveScore,
  fitAdditiveSpread,
  fitPenalised,
  leverages,
  logistic,
  type NumberTable,
  type PenalisedFit,
  type SummedForest,
  simulateRows,
  simulateTable,
  squared,
  type Truth,
  trueScore,
  truths,
  tuneAdditive,
} from './learners/additive/index.ts';
export { additive } from './learners/additive/learner.ts';
export { boosted } from './learners/boosted.ts';
export { createModelLearner } from './learners/index.ts';
export type { Learner } from './learners/learner.ts';
export { linear } from './learners/linear.ts';
export { growMlForest } from './learners/ml-random-forest/grow.ts';
export { type FileOutput, openFileOutput } from './output/index.ts';
export { planTraining } from './pipeline/plan-training.ts';
export { missingShares } from './pipeline/probability-interval.ts';
export { publishable } from './pipeline/publishable.ts';
export { knowledgeStages } from './pipeline/stages.ts';
export { train } from './pipeline/train.ts';
export { rowAnswerer } from './predict/answer-rows.ts';
export { createProgress } from './progress.ts';
export { createRandom, permutation } from './random.ts';
export { readSource } from './sources/index.ts';
