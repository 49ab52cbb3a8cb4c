export { type BinnedTable, binTable } from './bins.ts';
export { type BoostOptions, boost } from './boosting.ts';
export type { GrowColumn } from './columns.ts';
export { type GrownForest, growForest, growForestSync } from './random-forest.ts';
export { chooseRounds } from './rounds.ts';
