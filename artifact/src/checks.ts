import { assertAnswers } from './answer/answer-range.ts';
import { containing } from './answer/interval.ts';
import { type PackedTrees, packTrees } from './answer/predictor.ts';
import { outputsOf, targetKind } from './answer/targets.ts';
import { featureFault } from './columns/derive.ts';
import { ArtifactError } from './errors.ts';
import type { Trees } from './forest/forest.ts';
import { assertSoundTrees } from './forest/soundness.ts';
import { consistencyFault } from './manifest/consistency.ts';
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
  assertSoundTrees(trees, manifest.features.length, outputsOf(manifest.target));
  assertAnswers(manifest, trees);
  const packed = packTrees(trees, manifest.features.length);
  assertGolden(adoptModel(manifest, trees, packed, ''));
  return packed;
}

/** Largest difference between the answers of writer and reader to a golden row: `Math.exp` differs between engines. */
const goldenTolerance = { float64: 1e-12, float32: 2 ** -22 };

/** @throws ArtifactError 'manifest' unless its parts match one another and the trees */
function assertConsistent(manifest: Manifest, trees: Trees): void {
  const { columns, features, answer, target, interval } = manifest;
  const fault = answerFault(answer, outputsOf(target)) ?? consistencyFault(manifest);
  if (fault) throw new ArtifactError('manifest', fault);
  const { field, links, interval: around } = targetKind(target);
  if (interval && (!around || outputsOf(target) > 1)) {
    throw new ArtifactError('manifest', `a ${field} of a target of type ${target.type} has no interval`);
  }
  if (interval?.divisor === 0) throw new ArtifactError('manifest', 'a divisor is 0');
  if (Boolean(interval) !== Boolean(trees.spread)) {
    throw new ArtifactError(
      'manifest',
      'there is an interval without a spread forest, or a spread forest without an interval',
    );
  }
  if (!links.includes(answer.link)) {
    throw new ArtifactError(
      'manifest',
      `the answer is a ${field}, which cannot have the link ${answer.link}`,
    );
  }
  if (answer.recalibration && (target.type !== 'binary' || answer.link !== 'identity')) {
    throw new ArtifactError('manifest', 'a recalibration needs a probability with the link identity');
  }
  const byName = new Map(columns.map((column) => [column.name, column]));
  for (const feature of features) {
    const column = byName.get(feature.column);
    if (!column) {
      throw new ArtifactError(
        'manifest',
        `a feature is of the column "${feature.column}", which does not exist`,
      );
    }
    const fault = featureFault(feature, column, trees.sets);
    if (fault) throw new ArtifactError('manifest', `a feature of the column "${feature.column}" ${fault}`);
  }
}

/** Why the numbers of an answer do not fit so many outputs. */
function answerFault(
  { base, divisor, scale, offset }: Manifest['answer'],
  outputs: number,
): string | undefined {
  for (const [name, value] of Object.entries({ base, divisor, scale, offset })) {
    if (typeof value === 'object' && value.length !== outputs) {
      return `answer.${name} has ${value.length} numbers for ${outputs} outputs`;
    }
  }
  const divisors = typeof divisor === 'object' ? divisor : [divisor];
  return divisors.includes(0) ? 'a divisor is 0' : undefined;
}

/** @throws ArtifactError 'golden' unless every golden row is valid and the reader computes the writer's answer */
function assertGolden(model: Model): void {
  const { golden, target, answer: formula } = model.manifest;
  const { field, minimum, maximum } = targetKind(target);
  const tolerance = goldenTolerance[formula.precision ?? 'float64'];
  for (const [i, { row, answer, outputs: written = [answer], interval, mean, set }] of golden.entries()) {
    const faults = model.check(row, '');
    if (faults.length > 0) {
      throw new ArtifactError('golden', `golden row ${i}: ${faults[0].pointer} ${faults[0].detail}`);
    }
    const {
      answer: first,
      outputs = [first],
      interval: bounds,
      mean: meanBounds,
      set: ownSet,
    } = model.predict(row);
    if (written.length !== outputs.length || written[0] !== answer) {
      throw new ArtifactError(
        'golden',
        `golden row ${i} has ${written.length} answers for ${outputs.length} outputs, or its first answer differs from "answer"`,
      );
    }
    for (const computed of outputs) {
      if (!(computed >= minimum && computed <= maximum)) {
        throw new ArtifactError('golden', `golden row ${i} answers ${computed}, which is not a ${field}`);
      }
    }
    if (String(set) !== String(ownSet))
      throw new ArtifactError(
        'golden',
        `golden row ${i} has the set ${ownSet}, but its writer computed ${set}`,
      );
    // in versions written before intervals were widened to the answer, some do not contain it
    const ends = interval && containing(answer, interval);
    const pairs = [
      ...written.map((theirs, k) => [outputs[k], theirs]),
      [bounds?.low ?? 0, ends?.low ?? 0],
      [bounds?.high ?? 0, ends?.high ?? 0],
      [meanBounds?.low ?? 0, mean?.low ?? 0],
      [meanBounds?.high ?? 0, mean?.high ?? 0],
    ];
    for (const [ours, theirs] of pairs) {
      if (Math.abs(ours - theirs) <= tolerance * Math.max(1, Math.abs(theirs))) continue;
      throw new ArtifactError('golden', `golden row ${i} answers ${ours}, but its writer computed ${theirs}`);
    }
  }
}
