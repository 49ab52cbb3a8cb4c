export { answerCells, answerColumns, intervalColumns, setCell } from './answer/answer-columns.ts';
export { nearestShare } from './answer/given.ts';
export { type Interval, probabilityInterval, shortestInterval, valueInterval } from './answer/interval.ts';
export { intervalLevel } from './answer/level.ts';
export { type Link, linked, links, logit, ofOutput, type PerOutput } from './answer/link.ts';
export { countScale, type OutcomeFormula, outcomeScale } from './answer/outcome.ts';
export type { Contributions, Prediction, ValuePrediction } from './answer/prediction.ts';
export { inSet, type PredictionSet, setWriter } from './answer/prediction-set.ts';
export {
  createPredictor,
  type PackedTrees,
  type PredictCells,
  type Predictor,
  packTrees,
  readAnswer,
  rowPredictor,
} from './answer/predictor.ts';
export { firstReading, type Reading, type Readings } from './answer/readings.ts';
export {
  exposureOf,
  mainOutput,
  type OutputNames,
  outputNames,
  outputsOf,
  scales,
  type TargetKind,
  targetKind,
} from './answer/targets.ts';
export { plain as markdownText } from './card/markdown.ts';
export { createModel } from './checks.ts';
export { type Part, parts, readDate, readTime } from './columns/calendar.ts';
export { featureReader, rowEncoder } from './columns/cells.ts';
export type {
  BooleanColumn,
  CategoryColumn,
  Column,
  ColumnOf,
  NumericColumn,
  Row,
  TimeColumn,
} from './columns/columns.ts';
export { isNumeric, limitsOf, mostCategories, Value } from './columns/columns.ts';
export { setHas } from './columns/derive.ts';
export type { Feature } from './columns/features.ts';
export { featuresOf, usedColumns } from './columns/features.ts';
export { type CheckedColumn, kindOf, levelsOf, type Schema } from './columns/kinds/index.ts';
export { missingNumbers, missingValuesOf } from './columns/missing.ts';
export { afterSpace, type PlainRowReader } from './columns/plain-rows.ts';
export { nameAt, pointerTo, type Remark, type RowCheck, rowCheck } from './columns/rows.ts';
export { didYouMean, someOf } from './columns/similar.ts';
export { english, type Language, labelOf, modelTexts, Texts, textIn } from './columns/texts.ts';
export { formatFault as timeFormatFault } from './columns/time-format.ts';
export { type SeenCells, seenCells } from './columns/warnings.ts';
export { ArtifactError, type Check } from './errors.ts';
export { explainAnswer } from './explain/explain-answer.ts';
export { createExplainer, type Explainer, globalImportance } from './explain/shap.ts';
export type { Trees } from './forest/forest.ts';
export { type Forest, leafOf, sumLeaves } from './forest/forest.ts';
export { decodeAnswer, decodeForest, encodeForest, splitForest } from './forest/trees.ts';
export { byName } from './manifest/by-name.ts';
export { evaluationKinds } from './manifest/consistency.ts';
export { type Description, type DescriptionFault, descriptionFaults } from './manifest/description.ts';
export type {
  ChanceEvaluation,
  ChanceScores,
  ClassEvaluation,
  ClassScores,
  Difference,
  Evaluation,
  Reliability,
  Score,
  ValueEvaluation,
  ValueScores,
} from './manifest/evaluation.ts';
export type { ExternalEvaluation, ExternalFigures } from './manifest/external.ts';
export { contentHash, rowKey, sha256 } from './manifest/identity.ts';
export {
  type Bins,
  formatVersion,
  type GoldenRow,
  type Manifest,
  type ModelDescription,
  mostBins,
  type PublicEvaluation,
} from './manifest/manifest.ts';
export { type Evaluated, isEvaluated, outcomeOf, titleOf } from './manifest/stated.ts';
export type {
  PublicEntry,
  RefusedVersion,
  ScoredVersion,
  Status,
  Traffic,
  VersionsStatus,
} from './manifest/status.ts';
export { adoptModel, describeModel, type Model } from './model.ts';
export { printable } from './printable.ts';
export { createWalk, type Walk } from './walk/index.ts';
