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
  unmoderated,
} from './additive/index.ts';
export { additive } from './contenders/additive.ts';
export { boosted } from './contenders/boosted.ts';
export type { Contender } from './contenders/contender.ts';
export { linear } from './contenders/linear.ts';
export { readPackage } from './data/package.ts';
export { readTable } from './data/table.ts';
export { createDesign, type Design } from './design.ts';
export { growMlForest } from './engines/ml-random-forest.ts';
export { predictOutOfFold } from './evaluation/out-of-fold.ts';
export { compare, scoreCalibrated } from './evaluation/score.ts';
export { encodeTrees, packAsOnnx } from './export/onnx/index.ts';
export { binTable, growForest } from './grow/index.ts';
export { type FileOutput, openFileOutput } from './output/index.ts';
export { knowledgeStages } from './pipeline/stages.ts';
export { createProgress } from './progress.ts';
export { createRandom, permutation } from './random.ts';
