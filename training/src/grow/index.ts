export { type BinnedTable, binTable, type GrowColumn } from './bins.ts';
export { boost } from './boosting/boosting.ts';
export { chooseRounds } from './boosting/rounds.ts';
export { type GrownForest, growForest, growForestSync } from './forest/random-forest.ts';
export { emptyForest, joinForests } from './join-forests.ts';
export type { SetFeature } from './leafwise/category-sets.ts';
export type { GradientBoosting } from './leafwise/grow-round.ts';
export { boostLeafwise, chooseLeafwise } from './leafwise/rounds.ts';
export type { TrainingRows } from './training-rows.ts';
