export { type BinnedTable, binTable } from './bins.ts';
export { type Boosted, type BoostOptions, boost } from './boosting.ts';
export {
  type CategoryGrowColumn,
  featureColumns,
  type GrowColumn,
  type NumericGrowColumn,
} from './columns.ts';
export { joinForests } from './join-forests.ts';
export type { MaskOptions } from './masked-rows.ts';
export { type ForestOptions, type GrownForest, growForest } from './random-forest.ts';
export { chooseRounds, type RoundsOptions } from './rounds.ts';
export type { TrainingRows } from './training-rows.ts';
