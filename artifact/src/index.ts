export { plain as markdownText } from './card/markdown.ts';
export { createModel } from './checks.ts';
export type { CategoryColumn, Column, ColumnOf, NumericColumn, Row } from './columns.ts';
export { isNumeric, limitsOf, type SeenCells, seenCells } from './columns.ts';
export { type Description, type DescriptionFault, descriptionFaults } from './description.ts';
export { ArtifactError, type Check } from './errors.ts';
export type {
  ChanceEvaluation,
  ChanceScores,
  Difference,
  Evaluation,
  Score,
  ValueEvaluation,
  ValueScores,
} from './evaluation.ts';
export { createExplainer, type Explainer, globalImportance } from './explain/index.ts';
export type { Feature } from './features.ts';
export { encodeRow, usedColumns } from './features.ts';
export type { Trees } from './forest.ts';
export { type Forest, sumLeaves } from './forest.ts';
export { intervalLevel } from './formula.ts';
export { contentHash, rowKey, sha256 } from './identity.ts';
export { chanceInterval, type Interval, valueInterval } from './interval.ts';
export { linked } from './link.ts';
export { formatVersion, type GoldenRow, type Manifest, type ModelDescription } from './manifest.ts';
export { missingNumbers, missingValuesOf } from './missing.ts';
export { adoptModel, describeModel, type Model } from './model.ts';
export { afterSpace, type PlainRowReader } from './plain-rows.ts';
export { pointerTo } from './pointer.ts';
export type { Contributions, Prediction, ValuePrediction } from './prediction.ts';
export {
  type PackedTrees,
  type PredictCells,
  type Predictor,
  type Reading,
  type Readings,
  readAnswer,
  rowPredictor,
} from './predictor.ts';
export { printable } from './printable.ts';
export { type Remark, type RowCheck, rowCheck } from './rows.ts';
export type {
  PublicEntry,
  RefusedVersion,
  ScoredVersion,
  Status,
  Traffic,
  VersionsStatus,
} from './status.ts';
export { type Language, modelTexts, Texts } from './texts.ts';
export { decodeForest, encodeForest } from './trees.ts';
export { createWalk, type Walk } from './walk/index.ts';
