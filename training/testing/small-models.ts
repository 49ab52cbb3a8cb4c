import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Column,
  featuresOf,
  levelsOf,
  linked,
  probabilityInterval,
  rowEncoder,
  sumLeaves,
  valueInterval,
} from '@hearth/artifact';
import { type ManifestDraft, openRegistry, type PackedArtifact, packArtifact } from '@hearth/artifact/store';
import { readPackage } from '../src/data/package.ts';
import { readTable, type Table } from '../src/data/table.ts';
import { binTable, boost, type GrowColumn } from '../src/grow/index.ts';
import { describeData } from '../src/pipeline/describe-data.ts';
import { probabilityEvaluation, valueEvaluation } from './small-evaluations.ts';
import { spreadByKnown } from './small-spread.ts';

const rounds = 60;

/** A folder of models. */
export interface SmallModels {
  folder: string;
  remove(): Promise<void>;
}

/**
 * Trains a small model on all columns of a data package, in well under a second, and puts it into production in a new folder. Its trees and
 * texts are real; its evaluation is made up and always the same.
 * @param name folder in `data/`
 */
export async function smallModelOf(name: string): Promise<SmallModels> {
  const trained = artifacts.get(name) ?? train(name);
  artifacts.set(name, trained);
  const artifact = await trained;
  const folder = await mkdtemp(join(tmpdir(), 'models-'));
  const registry = openRegistry(join(folder, artifact.manifest.name));
  await registry.publish(artifact);
  await registry.promote('latest');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** The artifact of each name: several files of tests use the same. */
const artifacts = new Map<string, Promise<PackedArtifact>>();

async function train(name: string): Promise<PackedArtifact> {
  const path = join(import.meta.dirname, '../../data', name, 'datapackage.json');
  return grow(await readTable(await readPackage(path)));
}

function grow(table: Table): PackedArtifact {
  const described = describeData(table);
  const { columns } = described;
  const features = columns.flatMap(featuresOf);
  const isBinary = table.kind === 'binary';
  const rows = Int32Array.from(table.inputs.keys());
  const { base, forest } = boost(
    { table: binTable(columns.map((column) => growColumn(column, table))), target: table.target, rows },
    {
      loss: isBinary ? 'logistic' : 'squared',
      rate: 0.1,
      maxDepth: 2,
      minimumWeight: 4,
      l2: 2,
      mask: { copies: 3 },
      seed: 1,
    },
    rounds,
  );
  const answer = { base, divisor: 1, link: isBinary ? 'logit' : 'identity' } as const;
  const spread = spreadByKnown(columns, features);
  const interval = { base: Math.log(isBinary ? 1.2 : 8), divisor: 1 };
  const encode = rowEncoder({ columns, features });
  const golden = [{}, ...table.inputs.slice(0, 3)].map((row) => {
    const x = new Float64Array(features.length);
    encode(row, x);
    const sum = sumLeaves(forest, x);
    const score = base + sum;
    const s = Math.exp(interval.base + sumLeaves(spread, x));
    const value = linked(answer, sum);
    const around = isBinary ? probabilityInterval(value, score, s) : valueInterval(value, s);
    return { row, answer: value, interval: around };
  });
  const draft: ManifestDraft = {
    ...described,
    features,
    answer,
    interval: { level: 0.9, method: 'made for tests', ...interval },
    engine: { name: 'hearth-boosting', version: '1', options: { rounds, rate: 0.1 }, seed: 1 },
    evaluation: isBinary ? probabilityEvaluation(columns, table.inputs.length) : valueEvaluation(columns),
    golden,
  };
  return packArtifact(draft, { forest, spread });
}

function growColumn(column: Column, { inputs }: Table): GrowColumn {
  const levels = levelsOf(column);
  const values = Float64Array.from(inputs, ({ [column.name]: value }) =>
    value === null ? Number.NaN : (levels?.indexOf(value) ?? Number(value)),
  );
  return levels ? { kind: 'category', values, categories: levels.length } : { kind: 'numeric', values };
}
