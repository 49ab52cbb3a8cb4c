export type { CategoryColumn, Column, NumericColumn, Row } from './columns.ts';
export { isNumeric } from './columns.ts';
export { ArtifactError, type Check } from './errors.ts';
export { encodeRow, usedColumns } from './features.ts';
export { type Forest, sumLeaves } from './forest.ts';
export { contentHash, rowKey, sha256 } from './identity.ts';
export {
  type Evaluation,
  type Feature,
  formatVersion,
  type GoldenRow,
  type Manifest,
  type ModelDescription,
  type Prediction,
  type Scores,
} from './manifest.ts';
export { createModel, describeModel, linked, type Model } from './model.ts';
export { pointerTo } from './pointer.ts';
export { type Remark, type RowCheck, rowCheck } from './rows.ts';
export type { Language, Texts } from './texts.ts';
export { decodeForest, encodeForest } from './trees.ts';
