import { kindsArtifact, modelsFolder } from '@hearth/api/testing';
import { type Column, type Forest, type Manifest, type Row, readAnswer } from '@hearth/artifact';
import { type ManifestDraft, type PackedArtifact, packArtifact } from '@hearth/artifact/store';

/** Models without trees, made for the page: each has something that a page can get wrong. */
const one: Forest = {
  roots: Int32Array.of(0),
  feature: Int32Array.of(-1),
  threshold: Float64Array.of(0),
  left: Int32Array.of(-1),
  right: Int32Array.of(-1),
  value: Float64Array.of(0),
  cover: Float64Array.of(1),
  missingLeft: Uint8Array.of(0),
};

type Made = Pick<Manifest, 'columns' | 'features' | 'target' | 'answer'> &
  Partial<Pick<ManifestDraft, 'title' | 'outcome' | 'population' | 'cases' | 'interval'>> & {
    name: string;
    rows: number;
    bins?: Manifest['data']['bins'];
    /** Of feature f and output k, at f · outputs + k. */
    coefficient: readonly number[];
    mean: readonly number[];
    examples: Row[];
  };

function made({ name, rows, bins, coefficient, mean, examples, ...manifest }: Made): PackedArtifact {
  const flat = Float64Array.from(coefficient);
  const trees = {
    forest: one,
    ...(flat.length > manifest.features.length && {
      leafValues: new Float64Array(flat.length / manifest.features.length),
    }),
    linear: { coefficient: flat, missing: Float64Array.from(mean), mean: Float64Array.from(mean) },
    ...(manifest.interval && { spread: one }),
  };
  const draft: ManifestDraft = {
    format: 2,
    name,
    ...manifest,
    engine: { name: 'by hand', version: '1', options: {}, seed: 1 },
    data: { name, sha256: '0'.repeat(64), rows, ...(bins && { bins }) },
    golden: [{ row: {}, answer: 0 }],
  };
  const answer = readAnswer(draft, trees);
  draft.golden = examples.map((row) => ({ row: row as Manifest['golden'][number]['row'], ...answer(row) }));
  return packArtifact(draft, trees);
}

const number = (name: string, minimum: number, maximum: number): Column => ({
  name,
  type: 'number',
  seen: { minimum, maximum },
});

const wave = (f: number, k: number) => Math.sin(3.7 * f + 2.3 * k);

/** Classes by linear scores of centred columns. */
function classes(
  name: string,
  values: readonly string[],
  columns: readonly Extract<Column, { type: 'number' | 'integer' }>[],
) {
  const coefficient = columns.flatMap(({ seen }, f) =>
    values.map((_, k) => (2.5 * wave(f + 1, k + 1)) / (seen.maximum - seen.minimum)),
  );
  const middle = columns.map(({ seen }) => (seen.minimum + seen.maximum) / 2);
  const mean = coefficient.map((slope, i) => slope * (middle[Math.floor(i / values.length)] ?? 0));
  return made({
    name,
    rows: 500 * values.length,
    columns: [...columns],
    features: columns.map((column) => ({ column: column.name })),
    target: { name: 'class', type: 'classes', classes: values.map((value) => ({ value })) },
    answer: { link: 'softmax' },
    coefficient,
    mean,
    examples: [Object.fromEntries(columns.map((column, i) => [column.name, middle[i] ?? 0]))],
  });
}

const beans = () =>
  classes('beans', ['Barbunya', 'Bombay', 'Cali', 'Dermason', 'Horoz', 'Seker', 'Sira'], [
    number('Area', 20_420, 254_616),
    number('Eccentricity', 0.219, 0.911),
    number('roundness', 0.49, 0.991),
  ] as never);

const letters = () =>
  classes(
    'letters',
    Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i)),
    ['x-box', 'y-box', 'width', 'high'].map((name) => ({
      name,
      type: 'integer',
      minimum: 0,
      maximum: 15,
      required: true,
      seen: { minimum: 1, maximum: 15 },
    })) as never,
  );

/** A number with a long unit, a year, and a column of thousands of categories. */
const energy = () =>
  made({
    name: 'energy',
    title: { en: 'Heating of a house', 'pt-BR': 'Aquecimento de uma casa' },
    outcome: { en: 'heat for a house of this kind', 'pt-BR': 'calor para uma casa desse tipo' },
    cases: { en: 'houses', 'pt-BR': 'casas' },
    rows: 4120,
    columns: [
      {
        name: 'built',
        label: { en: 'Year of construction', 'pt-BR': 'Ano de construção' },
        type: 'integer',
        minimum: 1,
        maximum: 9999,
        example: 1976,
        seen: { minimum: 1890, maximum: 2021 },
      },
      {
        name: 'town',
        label: { en: 'Municipality', 'pt-BR': 'Município' },
        type: 'category',
        open: true,
        categories: Array.from({ length: 3000 }, (_, i) => ({ value: `Town ${String(i).padStart(4, '0')}` })),
      },
    ],
    bins: [
      {
        column: 'built',
        edges: [1890, 1930, 1960, 1980, 2000, 2021],
        counts: [420, 610, 1290, 1100, 700],
        missing: 0,
      },
      { column: 'town', values: ['Town 0007', 'Town 2999'], counts: [300, 250, 3570], missing: 0 },
    ],
    features: [{ column: 'built' }, { column: 'town', equals: 'Town 0007' }],
    target: {
      name: 'heat',
      type: 'numeric',
      unit: {
        en: 'kilowatt-hours per square metre and year',
        'pt-BR': 'quilowatts-hora por metro quadrado e ano',
      },
    },
    answer: { link: 'identity', base: 2600 },
    interval: { level: 0.9, method: 'by hand', base: 3, divisor: 1 },
    coefficient: [-1.25, 40],
    mean: [-1.25 * 1970, 3],
    examples: [{}, { built: 1976 }],
  });

/** Counts, whose score is a logarithm. */
const visits = () =>
  made({
    name: 'visits',
    title: { en: 'Visits to the doctor', 'pt-BR': 'Consultas médicas' },
    outcome: { en: 'visits in three months', 'pt-BR': 'consultas em três meses' },
    population: {
      en: '1200 insured people who were asked in 2019.',
      'pt-BR': '1200 segurados entrevistados em 2019.',
    },
    cases: { en: 'people', 'pt-BR': 'pessoas' },
    rows: 1200,
    columns: [
      {
        name: 'age',
        label: { en: 'Age', 'pt-BR': 'Idade' },
        type: 'integer',
        minimum: 0,
        maximum: 120,
        seen: { minimum: 18, maximum: 79 },
      },
      { name: 'chronic', label: { en: 'Chronic illness', 'pt-BR': 'Doença crônica' }, type: 'boolean' },
    ],
    features: [{ column: 'age' }, { column: 'chronic' }],
    target: { name: 'visits', type: 'count' },
    answer: { link: 'log', base: -0.9 },
    coefficient: [0.02, 0.8],
    mean: [0.8, 0.3],
    examples: [{}, { age: 50, chronic: true }],
  });

const kinds = { beans, letters, energy, visits, dates: kindsArtifact };
export type MadeModel = keyof typeof kinds;

/** A folder with one of them in production. */
export async function madeModel(name: MadeModel) {
  const { models, registry, remove } = await modelsFolder();
  const { version } = await registry.publish(kinds[name]());
  await registry.promote(version);
  return { folder: models, remove };
}
