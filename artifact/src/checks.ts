import { assertAnswers } from './answer/answer-range.ts';
import { containing } from './answer/interval.ts';
import { type PackedTrees, packTrees } from './answer/predictor.ts';
import { targetKind } from './answer/targets.ts';
import { featuresOf } from './columns/features.ts';
import { ArtifactError } from './errors.ts';
import type { Trees } from './forest/forest.ts';
import { assertSound } from './forest/soundness.ts';
import { assertColumns } from './manifest/description.ts';
import type { Manifest } from './manifest/manifest.ts';
import { adoptModel, type Model } from './model.ts';

/** Checks manifest and trees, and combines them. @throws ArtifactError */
export function createModel(manifest: Manifest, trees: Trees, version: string): Model {
  return adoptModel(manifest, trees, checkTrees(manifest, trees), version);
}

/** All checks of a manifest with its trees. @returns the packed trees for `adoptModel` @throws ArtifactError */
export function checkTrees(manifest: Manifest, trees: Trees): PackedTrees {
  assertColumns(manifest);
  assertConsistent(manifest, trees);
  assertSound(trees.forest, manifest.features.length);
  if (trees.spread) assertSound(trees.spread, manifest.features.length);
  assertAnswers(manifest, trees);
  const packed = packTrees(trees, manifest.features.length);
  assertGolden(adoptModel(manifest, trees, packed, ''));
  return packed;
}

/** Largest difference between the answers of writer and reader to a golden row: `Math.exp` differs between engines. */
const goldenTolerance = 1e-12;

/** @throws ArtifactError 'manifest' unless features, answer and interval match the columns, the target and the trees */
function assertConsistent({ columns, features, answer, target, interval }: Manifest, trees: Trees): void {
  if (answer.divisor === 0 || interval?.divisor === 0) throw new ArtifactError('manifest', 'a divisor is 0');
  if (Boolean(interval) !== Boolean(trees.spread)) {
    throw new ArtifactError('manifest', 'an interval needs a spread forest, and a spread forest an interval');
  }
  const { field, links } = targetKind(target);
  if (!links.includes(answer.link)) {
    throw new ArtifactError(
      'manifest',
      `the answer is a ${field}, which cannot have the link ${answer.link}`,
    );
  }
  const allowed = new Map(
    columns.map((column) => [column.name, new Set(featuresOf(column).map(({ equals }) => equals))]),
  );
  for (const { column: name, equals } of features) {
    const indicators = allowed.get(name);
    if (!indicators)
      throw new ArtifactError('manifest', `a feature is of the column "${name}", which does not exist`);
    if (!indicators.has(equals))
      throw new ArtifactError('manifest', `a feature does not match the column "${name}"`);
  }
}

/** @throws ArtifactError 'golden' unless every golden row is valid and the reader computes the writer's answer */
function assertGolden(model: Model): void {
  const { golden, target } = model.manifest;
  const { field, minimum, maximum } = targetKind(target);
  for (const [i, { row, answer, interval }] of golden.entries()) {
    const faults = model.check(row, '');
    if (faults.length > 0) {
      throw new ArtifactError('golden', `golden row ${i}: ${faults[0].pointer} ${faults[0].detail}`);
    }
    const { answer: computed, interval: bounds } = model.predict(row);
    // in versions written before intervals were widened to the answer, some do not contain it
    const written = interval && containing(answer, interval);
    if (!(computed >= minimum && computed <= maximum)) {
      throw new ArtifactError('golden', `golden row ${i} answers ${computed}, which is not a ${field}`);
    }
    const pairs = [
      [computed, answer],
      [bounds?.low ?? 0, written?.low ?? 0],
      [bounds?.high ?? 0, written?.high ?? 0],
    ];
    for (const [ours, theirs] of pairs) {
      if (Math.abs(ours - theirs) <= goldenTolerance * Math.max(1, Math.abs(theirs))) continue;
      throw new ArtifactError('golden', `golden row ${i} answers ${ours}, but its writer computed ${theirs}`);
    }
  }
}
