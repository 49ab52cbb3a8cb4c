import type { Contributions } from './answer/prediction.ts';
import { createPredictor, type PackedTrees, type Predictor } from './answer/predictor.ts';
import { targetKind } from './answer/targets.ts';
import { type CellWriter, cellReader, cellWriter, featureReader } from './columns/cells.ts';
import type { Row } from './columns/columns.ts';
import { usedColumns } from './columns/features.ts';
import { type PlainRowReader, plainRowReader } from './columns/plain-rows.ts';
import { type Remark, type RowCheck, rowCheck } from './columns/rows.ts';
import { type CellWarnings, cellWarnings } from './columns/warnings.ts';
import { createExplainer } from './explain/shap.ts';
import type { Trees } from './forest/forest.ts';
import type { Manifest, ModelDescription } from './manifest/manifest.ts';

/** A model that has passed every check. */
export interface Model extends Predictor {
  readonly manifest: Manifest;
  readonly version: string;
  /** Lists the faults of a row; call it before `predict`. */
  readonly check: RowCheck;
  /** Contributions of the columns to the answer. */
  explain(row: Row): Contributions;
  /** Lists what a person should know about the answer. */
  warnings(row: Row, pointer: string): Remark[];
  /** The same for a row's cells. */
  readonly cellWarnings: CellWarnings;
  readonly readPlainRow: PlainRowReader;
  /** Writes a row that has passed `check` as cells for `predictCells`. */
  readonly writeCells: CellWriter;
  /** Reads cells back as a row of the given columns. */
  readCells(cells: Float64Array, at: number): Row;
}

/** Combines manifest and trees that `checkTrees` has checked and packed, perhaps in another thread. Takes no noticeable time. */
export function adoptModel(manifest: Manifest, trees: Trees, packed: PackedTrees, version: string): Model {
  // created on first use: it takes time and memory that most servers never need
  let explain: ((cells: Float64Array) => Contributions) | undefined;
  const { columns } = manifest;
  const writeCells = cellWriter(columns);
  const warnings = cellWarnings(manifest);
  const one = new Float64Array(columns.length);
  return {
    manifest,
    version,
    check: rowCheck(columns),
    ...createPredictor(manifest, trees, packed),
    explain(row) {
      explain ??= explainCells(manifest, trees);
      writeCells(row, one, 0);
      return explain(one);
    },
    warnings(row, pointer) {
      writeCells(row, one, 0);
      return warnings(one, 0, pointer);
    },
    cellWarnings: warnings,
    readPlainRow: plainRowReader(columns),
    writeCells,
    readCells: cellReader(columns),
  };
}

/** Returns a function that explains the cells of a row by exact SHAP values with columns as players. */
function explainCells({ features, columns, answer, target }: Manifest, { forest }: Trees) {
  const used = [...usedColumns(features)];
  const explainer = createExplainer(
    forest,
    features.map(({ column }) => used.indexOf(column)),
  );
  const readFeatures = featureReader(features, columns);
  const x = new Float64Array(features.length);
  const sums = new Float64Array(used.length);
  const scale = targetKind(target).scale(answer.link);
  return (cells: Float64Array): Contributions => {
    readFeatures(cells, 0, x, 0);
    explainer.contributions(x, sums);
    return {
      scale,
      base: (answer.base + explainer.expected) / answer.divisor,
      values: Object.fromEntries(used.map((column, i) => [column, sums[i] / answer.divisor])),
    };
  };
}

/** The public part of a manifest: nothing about single training rows. */
export function describeModel({ manifest, version }: Model, published?: string): ModelDescription {
  const { format: _format, golden: _golden, files: _files, evaluation, columns, ...open } = manifest;
  const { outOfFold: _outOfFold, ...scores } = evaluation;
  const used = usedColumns(manifest.features);
  return {
    ...open,
    version,
    published,
    columns: columns.map((column) => ({ ...column, used: used.has(column.name) })),
    evaluation: scores,
  };
}
