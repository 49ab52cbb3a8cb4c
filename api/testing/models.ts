import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Forest, type Manifest, type Row, readAnswer } from '@hearth/artifact';
import { openRegistry, type PackedArtifact, packArtifact, type Registry } from '@hearth/artifact/store';
import { tinyArtifact, tinyDraft } from '@hearth/artifact/testing';

/** An empty folder of models, for a test. */
export async function modelsFolder() {
  const models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  return {
    models,
    registry: openRegistry(join(models, 'tiny')),
    remove: () => rm(models, { recursive: true, force: true }),
  };
}

/** Publishes the tiny model with `more` added to every answer. @returns the version */
export async function publishTiny(registry: Registry, more = 0): Promise<string> {
  const artifact = tinyArtifact((draft) => {
    draft.answer.base = Number(draft.answer.base) + more * Number(draft.answer.divisor);
    for (const golden of draft.golden) golden.answer += more;
  });
  return (await registry.publish(artifact)).version;
}

/** Sets the alias to a version without any check. */
export async function setAlias({ folder }: Registry, version: string): Promise<void> {
  const temporary = join(folder, 'aliases.json.tmp');
  await writeFile(temporary, JSON.stringify({ production: version }));
  await rename(temporary, join(folder, 'aliases.json'));
}

/** Calls it again until it returns true. @throws if it does not within `milliseconds` */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not so after ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The tiny model with a numeric target. */
export function numberArtifact(): PackedArtifact {
  const one = { mean: 1, sd: 0 };
  return tinyArtifact((draft) => {
    draft.target = { name: 'height', type: 'numeric', unit: { en: 'cm', 'pt-BR': 'cm' } };
    draft.evaluation = {
      kind: 'value',
      method: draft.evaluation.method,
      model: { rmse: one, mae: one, r2: one },
      references: [],
      outOfFold: [],
    };
  });
}

/** A forest whose tree i adds 1, 2, 4 … / 16 where feature i is at least its threshold. */
function stumps(thresholds: readonly number[]): Forest {
  const [split, low, high] = [0, 1, 2];
  const each = thresholds.flatMap((threshold, i) => [
    { feature: i, threshold, left: 3 * i + low, right: 3 * i + high, value: 0, cover: 2 },
    ...[0, 2 ** i / 16].map((value) => ({ feature: -1, threshold: 0, left: -1, right: -1, value, cover: 1 })),
  ]);
  return {
    roots: Int32Array.from(thresholds, (_, i) => 3 * i + split),
    feature: Int32Array.from(each, ({ feature }) => feature),
    threshold: Float64Array.from(each, ({ threshold }) => threshold),
    left: Int32Array.from(each, ({ left }) => left),
    right: Int32Array.from(each, ({ right }) => right),
    missingLeft: new Uint8Array(each.length).fill(1),
    value: Float64Array.from(each, ({ value }) => value),
    cover: Float64Array.from(each, ({ cover }) => cover),
  };
}

/**
 * A model with a column of each kind that is not a number. The answer is the sum of 1/16 for a smoker, 2/16 from 2000 on, 4/16 from
 * noon on, and 8/16 in a town that is not Ouro Preto.
 */
export function kindsArtifact(): PackedArtifact {
  const both = (en: string, pt = en) => ({ en, 'pt-BR': pt });
  const about = (name: string, en: string, pt: string) => ({
    name,
    label: both(en, pt),
    description: both(`${en}.`, `${pt}.`),
    group: 'all',
    required: false,
  });
  const trees = { forest: stumps([0.5, 2000, 12, 0.5]), sets: Uint8Array.of(0b110) };
  const { evaluation, ...tiny } = tinyDraft();
  const draft = {
    ...tiny,
    evaluation: { ...evaluation, outOfFold: [{ row: '0'.repeat(16), target: 1, prediction: 0.5 }] },
    format: 2 as const,
    timeZone: 'America/Sao_Paulo',
    columns: [
      { ...about('smoker', 'Smoker', 'Fumante'), type: 'boolean', missingCodes: ['?'] },
      {
        ...about('born', 'Date of birth', 'Data de nascimento'),
        type: 'date',
        minimum: '1900-01-01',
        maximum: '2024-12-31',
        seen: { minimum: '1930-01-01', maximum: '2006-12-31' },
      },
      {
        ...about('admitted', 'Admission', 'Internação'),
        type: 'datetime',
        minimum: '2010-01-01T00:00:00',
        maximum: '2030-01-01T00:00:00',
        seen: { minimum: '2015-01-01T00:00:00', maximum: '2024-12-31T23:59:59' },
      },
      {
        ...about('town', 'Town', 'Cidade'),
        type: 'category',
        open: true,
        categories: ['Ouro Preto', 'Mariana'].map((value) => ({ value, label: both(value) })),
      },
    ] satisfies Manifest['columns'],
    features: [
      { column: 'smoker' },
      { column: 'born', part: 'year' as const },
      { column: 'admitted', part: 'hour' as const },
      { column: 'town', in: 0 },
    ],
    answer: { base: 0, divisor: 1, link: 'identity' as const },
  };
  const answer = readAnswer(draft, trees);
  const rows: Row[] = [
    {},
    { smoker: true, born: '1999-12-31', admitted: '2020-02-29T11:59:59', town: 'Mariana' },
    { smoker: false, born: '2000-01-01', admitted: '2020-02-29T15:00:00Z', town: 'Ouro Preto' },
    { town: 'Sabará' },
  ];
  const golden = rows.map((row) => ({ row: row as Manifest['golden'][number]['row'], ...answer(row) }));
  return packArtifact({ ...draft, golden }, trees);
}
