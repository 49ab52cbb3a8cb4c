import { isNumeric, type Row } from './columns.ts';
import { ArtifactError } from './errors.ts';
import { encodeRow, usedColumns } from './features.ts';
import { type Forest, sumLeaves } from './forest.ts';
import type { Manifest, ModelDescription } from './manifest.ts';
import { pointerTo } from './pointer.ts';
import { type Remark, type RowCheck, rowCheck } from './rows.ts';
import { assertSound } from './soundness.ts';

/** How far a reader's answer to a golden row may be from the writer's: `Math.exp` differs between engines. */
const goldenTolerance = 1e-12;

/** A model that has passed every check and can answer. */
export interface Model {
  readonly manifest: Manifest;
  readonly version: string;
  /** What is wrong with a row, before it is predicted. */
  readonly check: RowCheck;
  /** The chance for a row that `check` found nothing wrong with, 0 to 1. */
  probability(row: Row): number;
  /** What a person should know about the answer to a row. */
  warnings(row: Row, pointer: string): Remark[];
}

/** answer = link((base + Σ leaf) / divisor) */
export function linked({ base, divisor, link }: Manifest['answer'], sum: number): number {
  const score = (base + sum) / divisor;
  return link === 'identity' ? score : 1 / (1 + Math.exp(-score));
}

/** Puts manifest and trees together. @throws ArtifactError when they are not sound or a golden row does not come out. */
export function createModel(manifest: Manifest, forest: Forest, version: string): Model {
  assertFeatures(manifest);
  assertSound(forest, manifest.features.length);
  const x = new Float64Array(manifest.features.length);
  const model: Model = {
    manifest,
    version,
    check: rowCheck(manifest.columns),
    probability(row) {
      encodeRow(manifest.features, row, x);
      return linked(manifest.answer, sumLeaves(forest, x));
    },
    warnings: rowWarnings(manifest),
  };
  assertGolden(model);
  return model;
}

function assertFeatures({ columns, features, answer }: Manifest): void {
  if (answer.divisor === 0) throw new ArtifactError('manifest', 'the divisor of the answer is 0');
  for (const { column: name, equals } of features) {
    const column = columns.find((each) => each.name === name);
    if (!column)
      throw new ArtifactError('manifest', `a feature looks at the column "${name}", which is not described`);
    const fits = isNumeric(column)
      ? equals === undefined
      : column.categories.some(({ value }) => value === equals);
    if (!fits) throw new ArtifactError('manifest', `a feature does not fit the column "${name}"`);
  }
}

function assertGolden(model: Model): void {
  for (const [i, { row, probability }] of model.manifest.golden.entries()) {
    const faults = model.check(row, '');
    if (faults.length > 0) {
      throw new ArtifactError('golden', `golden row ${i}: ${faults[0].pointer} ${faults[0].detail}`);
    }
    const answer = model.probability(row);
    if (!(Math.abs(answer - probability) <= goldenTolerance)) {
      throw new ArtifactError(
        'golden',
        `golden row ${i} answers ${answer}, its writer computed ${probability}`,
      );
    }
  }
}

function rowWarnings({ columns, features }: Manifest): Model['warnings'] {
  const used = usedColumns(features);
  const numeric = columns.filter(isNumeric);
  return (row, pointer) => {
    const warnings: Remark[] = [];
    for (const { name, seen } of numeric) {
      const value = used.has(name) && Object.hasOwn(row, name) ? row[name] : null;
      if (typeof value === 'number' && (value < seen.minimum || value > seen.maximum)) {
        const detail = `is outside the range of the training rows, ${seen.minimum} to ${seen.maximum}`;
        warnings.push({ pointer: pointerTo(pointer, name), detail });
      }
    }
    for (const name of Object.keys(row)) {
      if (!used.has(name) && row[name] !== null) {
        warnings.push({ pointer: pointerTo(pointer, name), detail: 'is not used by this model' });
      }
    }
    return warnings;
  };
}

/** The public part of a model's manifest, without anything of single training rows. */
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
