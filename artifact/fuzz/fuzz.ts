import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArtifactError, isNumeric, levelsOf, type Model, type Row } from '@hearth/artifact';
import {
  assembleModel,
  manifestFile,
  type PackedArtifact,
  parseManifest,
  readModel,
} from '@hearth/artifact/store';
import { mutateBytes } from './bytes.ts';
import { createDice, type Dice } from './dice.ts';
import { mutateColumns, mutateManifest, mutateText } from './manifest.ts';
import { type Mutant, repairHashes, toMutant } from './mutant.ts';
import { mutateForest, mutateHeader } from './trees.ts';

/** What became of the mutants. */
export interface Tally {
  mutants: number;
  repaired: number;
  /** Mutants that were read from a disk too, with the same outcome. */
  fromDisk: number;
  /** Refused, by the check that did it. */
  reasons: Map<string, number>;
  /** Still sound, and answering finite numbers. */
  accepted: number;
  /** Milliseconds of the slowest. */
  slowest: number;
}

const kinds = [mutateBytes, mutateHeader, mutateForest, mutateColumns, mutateManifest, mutateText];
const repairShare = 0.7;
const diskShare = 0.01;
const rowsAsked = 5;

/**
 * Damages the artifacts and has the reader look at each mutant.
 * @throws the reader's error where it is no ArtifactError, or an Error about an accepted mutant that answers something impossible
 */
export async function fuzz(
  artifacts: readonly PackedArtifact[],
  count: number,
  seed: number,
): Promise<Tally> {
  const tally: Tally = { mutants: 0, repaired: 0, fromDisk: 0, reasons: new Map(), accepted: 0, slowest: 0 };
  const folder = await mkdtemp(join(tmpdir(), 'hearth-fuzz-'));
  try {
    for (; tally.mutants < count; tally.mutants++) {
      const dice = createDice(seed + tally.mutants);
      const mutant = toMutant(dice.pick(artifacts));
      const history = mutate(mutant, dice, tally);
      try {
        const outcome = judge(mutant, dice, tally);
        if (dice.chance(diskShare)) await assertSameFromDisk(mutant, outcome, folder, tally);
      } catch (cause) {
        throw new Error(`mutant ${seed + tally.mutants} (${history.join(', ')}): ${cause}`, { cause });
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return tally;
}

function mutate(mutant: Mutant, dice: Dice, tally: Tally): string[] {
  const repairs = dice.chance(repairShare);
  const kind = dice.pick(kinds);
  const history = [kind(mutant, dice)];
  if (kind !== mutateText && dice.chance(0.1)) history.push(mutateBytes(mutant, dice));
  if (repairs) {
    repairHashes(mutant);
    tally.repaired++;
  }
  return history;
}

/** The check that refuses the mutant, or 'accepted'. */
function judge(mutant: Mutant, dice: Dice, tally: Tally): string {
  const began = performance.now();
  let outcome = 'accepted';
  try {
    const model = assembleModel(parseManifest(mutant.manifest), mutant.trees, mutant.version);
    for (let i = 0; i < rowsAsked; i++) assertAnswers(model, randomRow(model, dice));
    tally.accepted++;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    outcome = error.check;
    tally.reasons.set(outcome, (tally.reasons.get(outcome) ?? 0) + 1);
  }
  tally.slowest = Math.max(tally.slowest, performance.now() - began);
  return outcome;
}

/** A row that may be asked: every column at random within what it allows, or left out. */
function randomRow({ manifest }: Model, dice: Dice): Row {
  const entries = manifest.columns.map((column): [string, Row[string]] => {
    if (!column.required && dice.chance(0.3)) return [column.name, null];
    if (!isNumeric(column)) return [column.name, dice.pick(levelsOf(column) ?? [])];
    const low = column.type === 'integer' ? Math.ceil(column.minimum) : column.minimum;
    const value = low + (dice.below(1001) / 1000) * (column.maximum - low);
    return [column.name, column.type === 'integer' ? Math.floor(value) : value];
  });
  return Object.fromEntries(entries);
}

function assertAnswers(model: Model, row: Row): void {
  const faults = model.check(row, '');
  if (faults.length > 0) throw new Error(`it refuses a row that it allows: ${JSON.stringify(faults)}`);
  const { answer, interval } = model.predict(row);
  const binary = model.manifest.target.type === 'binary';
  if (interval && !(interval.low <= answer && answer <= interval.high)) {
    throw new Error(`it answers ${answer}, outside its interval, to ${JSON.stringify(row)}`);
  }
  for (const value of [answer, ...(interval ? [interval.low, interval.high] : [])]) {
    if (!Number.isFinite(value) || (binary && (value < 0 || value > 1))) {
      throw new Error(`it answers ${value} to ${JSON.stringify(row)}`);
    }
  }
}

/** What stands on a disk is judged by its sizes before anything else; otherwise by the same checks in the same order. */
async function assertSameFromDisk(
  mutant: Mutant,
  outcome: string,
  folder: string,
  tally: Tally,
): Promise<void> {
  const version = join(folder, mutant.version);
  await mkdir(version);
  await writeFile(join(version, manifestFile), mutant.manifest);
  for (const [name, bytes] of Object.entries(mutant.trees)) await writeFile(join(version, name), bytes);
  let found = 'accepted';
  try {
    await readModel(version);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    found = error.check;
  }
  await rm(version, { recursive: true });
  if (found !== outcome && found !== 'size' && found !== 'missing') {
    throw new Error(`from a disk: ${found}, from memory: ${outcome}`);
  }
  tally.fromDisk++;
}
