import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArtifactError,
  isNumeric,
  kindOf,
  limitsOf,
  type Model,
  type Row,
  targetKind,
} from '@hearth/artifact';
import { assembleModel, manifestFile, readModel } from '@hearth/artifact/store';
import { mutateBytes } from './bytes.ts';
import { mutateColumns, mutateManifest, mutateText } from './manifest.ts';
import { type Mutant, repairHashes, toMutant } from './mutant.ts';
import { createRandom, type Random } from './random.ts';
import type { Tally } from './tally.ts';
import { mutateForest, mutateHeader, mutateOutOfFold } from './trees.ts';

const kinds = [
  mutateBytes,
  mutateHeader,
  mutateForest,
  mutateColumns,
  mutateManifest,
  mutateText,
  mutateOutOfFold,
];
const repairShare = 0.7;
const diskShare = 0.01;
const rowsAsked = 5;

/**
 * Damages artifacts and reads each mutant.
 * @param onMutant told after each one how many are done
 * @throws Error if the reader throws anything but an ArtifactError, or an accepted mutant gives an invalid answer
 */
export async function fuzz(
  artifacts: readonly Parameters<typeof toMutant>[0][],
  count: number,
  seed: number,
  onMutant: (done: number) => void = () => {},
): Promise<Tally> {
  const tally: Tally = { mutants: 0, repaired: 0, fromDisk: 0, reasons: new Map(), accepted: 0, slowest: 0 };
  const folder = await mkdtemp(join(tmpdir(), 'hearth-fuzz-'));
  try {
    for (; tally.mutants < count; tally.mutants++) {
      const random = createRandom(seed + tally.mutants);
      const mutant = toMutant(random.pick(artifacts));
      const history = mutate(mutant, random, tally);
      try {
        const outcome = judge(mutant, random, tally);
        if (random.bool(diskShare)) await assertSameFromDisk(mutant, outcome, folder, tally);
      } catch (cause) {
        throw new Error(`mutant ${seed + tally.mutants} (${history.join(', ')}): ${cause}`, { cause });
      }
      onMutant(tally.mutants + 1);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return tally;
}

function mutate(mutant: Mutant, random: Random, tally: Tally): string[] {
  const repairs = random.bool(repairShare);
  const kind = random.pick(kinds);
  const history = [kind(mutant, random)];
  if (kind !== mutateText && random.bool(0.1)) history.push(mutateBytes(mutant, random));
  if (repairs) {
    repairHashes(mutant);
    tally.repaired++;
  }
  return history;
}

/** @returns the check that refuses the mutant, or 'accepted' */
function judge(mutant: Mutant, random: Random, tally: Tally): string {
  const began = performance.now();
  let outcome = 'accepted';
  try {
    const model = assembleModel(mutant.manifest, mutant.trees, mutant.version);
    for (let i = 0; i < rowsAsked; i++) assertAnswers(model, randomRow(model, random), i === 0);
    tally.accepted++;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    outcome = error.check;
    tally.reasons.set(outcome, (tally.reasons.get(outcome) ?? 0) + 1);
  }
  tally.slowest = Math.max(tally.slowest, performance.now() - began);
  return outcome;
}

/** A valid row: every column has a random allowed value or is missing. */
function randomRow({ manifest }: Model, random: Random): Row {
  const entries = manifest.columns.map((column): [string, Row[string]] => {
    if (!column.required && random.bool(0.3)) return [column.name, null];
    if (column.type === 'category' && column.open && random.bool(0.3)) return [column.name, 'not listed'];
    if (!isNumeric(column)) return [column.name, kindOf(column).valueAt(column, random.below(1000) / 1000)];
    const { minimum, maximum } = limitsOf(column);
    const low = column.type === 'integer' ? Math.ceil(minimum) : minimum;
    const share = random.below(1001) / 1000;
    const value = Math.min(maximum, Math.max(low, low * (1 - share) + share * maximum));
    return [column.name, column.type === 'integer' ? Math.floor(value) : value];
  });
  return Object.fromEntries(entries);
}

function assertAnswers(model: Model, row: Row, isExplained: boolean): void {
  const faults = model.check(row, '');
  if (faults.length > 0) throw new Error(`it refuses a valid row: ${JSON.stringify(faults)}`);
  const { answer, outputs = [answer], interval } = model.predict(row);
  const { minimum, maximum } = targetKind(model.manifest.target);
  if (interval && !(interval.low <= answer && answer <= interval.high)) {
    throw new Error(`it answers ${answer}, outside its interval, to ${JSON.stringify(row)}`);
  }
  for (const value of [...outputs, ...(interval ? [interval.low, interval.high] : [])]) {
    if (!Number.isFinite(value) || value < minimum || value > maximum) {
      throw new Error(`it answers ${value} to ${JSON.stringify(row)}`);
    }
  }
  if (outputs.length > 1 || !isExplained) return;
  const { base, values } = model.explain(row);
  for (const value of [base, ...Object.values(values)]) {
    if (!Number.isFinite(value)) throw new Error(`it explains ${JSON.stringify(row)} by ${value}`);
  }
}

/** Reading from disk checks sizes first; after that, the checks and their order are the same. */
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
    throw new Error(`from disk: ${found}, from memory: ${outcome}`);
  }
  tally.fromDisk++;
}
