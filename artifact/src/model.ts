import type { Contributions } from './answer/prediction.ts';
import { createPredictor, type PackedTrees, type Predictor } from './answer/predictor.ts';
import { exposureOf } from './answer/targets.ts';
import { type CellWriter, cellReader, cellWriter } from './columns/cells.ts';
import type { Row } from './columns/columns.ts';
import { usedColumns } from './columns/features.ts';
import { type PlainRowReader, plainRowReader } from './columns/plain-rows.ts';
import { type Remark, type RowCheck, rowCheck } from './columns/rows.ts';
import { type CellWarnings, cellWarnings } from './columns/warnings.ts';
import { explainAnswer } from './explain/explain-answer.ts';
import type { Trees } from './forest/forest.ts';
import type { Evaluation } from './manifest/evaluation.ts';
import type { Manifest, ModelDescription } from './manifest/manifest.ts';
import { outcomeOf, titleOf } from './manifest/stated.ts';

/** A model that has passed every check. */
export interface Model extends Predictor {
  readonly manifest: Manifest;
  readonly version: string;
  /** Lists the faults of a row; call it before `predict`. */
  readonly check: RowCheck;
  /** Contributions of the columns to the answer, or to output `k` of several. */
  explain(row: Row, k?: number): Contributions;
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
  const explain: Model['explain'][] = [];
  const { columns, timeZone, features } = manifest;
  const used = usedColumns(features);
  const writeCells = cellWriter(columns, timeZone, used);
  const warnings = cellWarnings(manifest, exposureOf(manifest.target));
  const readCells = cellReader(columns);
  const one = new Float64Array(columns.length);
  return {
    manifest,
    version,
    check: rowCheck(columns, timeZone, used),
    ...createPredictor(manifest, trees, packed),
    explain(row, k = 0) {
      explain[k] ??= explainAnswer(manifest, trees, k);
      return explain[k](row);
    },
    warnings(row, pointer) {
      writeCells(row, one, 0);
      return warnings(one, 0, pointer);
    },
    cellWarnings: warnings,
    readPlainRow: plainRowReader(columns),
    writeCells,
    readCells,
  };
}

const withoutRows = ({ outOfFold: _outOfFold, ...scores }: Evaluation) => scores;

/** The public part of a manifest: nothing about single training rows. */
export function describeModel({ manifest, version }: Model, published?: string): ModelDescription {
  const { format: _format, golden: _golden, files: _files, evaluation, columns, ...open } = manifest;
  const used = usedColumns(manifest.features);
  return {
    ...open,
    title: titleOf(manifest),
    outcome: outcomeOf(manifest),
    version,
    published,
    columns: columns.map((column) => ({ ...column, used: used.has(column.name) })),
    ...(evaluation && { evaluation: withoutRows(evaluation) }),
  };
}
