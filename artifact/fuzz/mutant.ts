import { join } from 'node:path';
import { contentHash, type Manifest, readAnswer, sha256 } from '@hearth/artifact';
import {
  findModel,
  type ManifestDraft,
  manifestFile,
  openRegistry,
  type PackedArtifact,
  packArtifact,
  readArtifact,
  treesFile,
} from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval, tinyDraft, tinyForest } from '@hearth/artifact/testing';
import { filesOf, recorded } from '../testing/format2/files.ts';
import { handMadeModels } from '../testing/format2/models.ts';

/** The artifacts to damage: mostly tiny ones, because checks are the same and faster, and the one in production. */
export async function fuzzedArtifacts(): Promise<Pick<PackedArtifact, 'files' | 'sha256'>[]> {
  const folder = await findModel(join(import.meta.dirname, '../../models'));
  const real = await readArtifact(join(folder, await openRegistry(folder).production()));
  const format2 = tinyArtifact((draft) => {
    draft.format = 2;
    draft.evaluation.outOfFold = [{ row: '0123456789abcdef', target: 1, prediction: 0.5 }];
    draft.data.missing = { age: 1 };
    draft.data.bins = [
      { column: 'age', edges: [29, 50, 77], counts: [4, 5], missing: 1 },
      { column: 'sex', values: ['male'], counts: [6, 4], missing: 0 },
    ];
  });
  const tiny = [tinyArtifact(), tinyArtifactWithInterval(), format2, logarithms()];
  const handMade = handMadeModels().flatMap((model, i) => {
    const isLarge = JSON.stringify(model.manifest).length > 100_000;
    return isLarge ? [] : [filesOf(model, recorded[i].answers)];
  });
  return [...Array.from({ length: 6 }, () => tiny).flat(), ...handMade, real];
}

/** The tiny trees as logarithms of a value, with an interval. */
function logarithms(): PackedArtifact {
  const score = { mean: 1, sd: 0 };
  const { evaluation, golden, ...tiny } = tinyDraft();
  const draft: ManifestDraft = {
    ...tiny,
    format: 2,
    target: { name: 'cost', type: 'numeric' },
    answer: { divisor: 2, link: 'log' },
    interval: { level: 0.9, method: 'by hand', base: -1, divisor: 1 },
    evaluation: {
      kind: 'value',
      method: evaluation.method,
      model: { rmse: score, mae: score, r2: score },
      references: [],
      outOfFold: [],
    },
    golden: [],
  };
  const trees = { forest: tinyForest(), spread: tinyForest() };
  const predict = readAnswer(draft, trees);
  draft.golden = golden.map(({ row }) => ({ row, ...predict(row) }));
  return packArtifact(draft, trees);
}

/** The files of an artifact, which mutations change. */
export interface Mutant {
  /** The bytes of model.json. */
  manifest: Buffer;
  /** The bytes of the trees files by name. */
  trees: Record<string, Buffer>;
  version: string;
}

export const toMutant = ({ files, sha256 }: Pick<PackedArtifact, 'files' | 'sha256'>): Mutant => ({
  manifest: Buffer.from(files[manifestFile]),
  trees: Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name !== manifestFile)
      .map(([name, bytes]) => [name, Buffer.from(bytes)]),
  ),
  version: `1-${sha256.slice(0, 7)}`,
});

/** Changes the manifest, or replaces it if `edit` returns something. */
export function editManifest(mutant: Mutant, edit: (manifest: Manifest) => unknown): void {
  const manifest = JSON.parse(mutant.manifest.toString('utf8'));
  mutant.manifest = Buffer.from(JSON.stringify(edit(manifest) ?? manifest));
}

/**
 * Recomputes sizes and hashes, as an attacker would, so that only the deeper checks can refuse the mutant. A manifest that is not JSON
 * any more stays as it is.
 */
export function repairHashes(mutant: Mutant): void {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(mutant.manifest.toString('utf8'));
    for (const [name, bytes] of Object.entries(mutant.trees)) {
      if (!Object.hasOwn(manifest.files, name)) continue;
      manifest.files[name] = { sha256: sha256(bytes), bytes: bytes.length };
    }
    const text = JSON.stringify(manifest);
    const hash = contentHash(JSON.parse(text), mutant.trees[treesFile]);
    mutant.manifest = Buffer.from(text);
    mutant.version = `1-${hash.slice(0, 7)}`;
  } catch {
    // the manifest is too damaged to repair; the reader must refuse it
  }
}
