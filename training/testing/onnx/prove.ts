import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '@hearth/artifact';
import { currentPython } from '../import/environments.ts';
import {
  answersOf,
  type Exportable,
  encoded,
  furthest,
  graphHash,
  handMadeModels,
  importedModels,
  inputsOf,
  rowsOnThresholds,
  versionsOf,
} from './models.ts';

/**
 * Lets onnxruntime answer with exported models, in 64 and in 32 bits, on their golden rows, on every threshold and one step of float64
 * beside it. With --record the answers of the tests are written anew.
 */
const here = import.meta.dirname;
const isRecording = process.argv.includes('--record');
const bounds = { float64: 1e-13, float32: 5e-6, roundedSums: 2e-6 };

/** What the test needs: sets and sums of scikit-learn, leaves with several values, linear terms, numbers near 0, sums in 32 bits. */
const recordedModels = [
  'softmax: three classes, a tree for one of them',
  'leaves that hold a number for each of four classes, and shares of their sum',
  'sums in float32, the base first',
  'the shortest interval of a probability, link identity',
  'linear terms, bent at two values, and trees',
  'LightGBM 4.7.0, zero',
  'CatBoost 1.2.10, logloss-onehot',
  'XGBoost 3.2.0, softprob',
  'randomForest 4.7.1.1, random-forest-classes',
  'scikit-learn 1.9.1, hist-categories',
];

const folder = mkdtempSync(join(tmpdir(), 'hearth-onnx-'));
const models: Exportable[] = [
  ...handMadeModels(),
  ...importedModels(),
  ...(await versionsOf(join(here, '../../../models/heart'))),
];
const asked = models
  .filter(({ about }) => !isRecording || recordedModels.includes(about))
  .map((model) => {
    const rows = [...model.rows.slice(0, isRecording ? 15 : undefined), ...rowsOnThresholds(model)];
    return { model, rows: isRecording ? rows.slice(0, 60) : rows };
  });

const fileOf = (i: number, real: string) => `${String(i).padStart(3, '0')}-${real}`;
for (const [i, { model, rows }] of asked.entries()) {
  const inputs = rows.map((row: Row) => inputsOf(model.formula, row));
  const names = model.formula.columns.map(({ name }) => name);
  for (const real of ['DOUBLE', 'FLOAT'] as const) {
    const file = fileOf(i, real);
    writeFileSync(join(folder, `${file}.onnx`), encoded(model, real));
    const columns = names.map((name) => [name, inputs.map((row) => row[name])]);
    writeFileSync(
      join(folder, `${file}.json`),
      JSON.stringify({ file: `${file}.onnx`, real, inputs: Object.fromEntries(columns) }),
    );
  }
}
const version = execFileSync(currentPython(), [join(here, 'run.py'), folder], { encoding: 'utf8' }).trim();
const theirs = (i: number, real: string): number[] =>
  (JSON.parse(readFileSync(join(folder, `${fileOf(i, real)}.answers.json`), 'utf8')) as string[]).map(Number);

const lines: string[] = [];
let failed = 0;
for (const [i, { model, rows }] of asked.entries()) {
  const ours = answersOf(model, rows);
  const bound = model.formula.answer.precision === 'float32' ? bounds.roundedSums : bounds.float64;
  const exact = furthest(ours, theirs(i, 'DOUBLE'));
  const single = theirs(i, 'FLOAT');
  const width = ours.length / rows.length;
  const other = rows.filter((_, row) => {
    const part = [row * width, (row + 1) * width] as const;
    return furthest(ours.slice(...part), single.slice(...part)) > bounds.float32;
  }).length;
  const isRight = exact <= bound;
  if (!isRight) failed++;
  const line = `${exact === 0 ? '0' : exact.toExponential(1)} | ${rows.length} | ${other}`;
  lines.push(`| ${model.about} | ${line} |`);
  console.log(`${isRight ? 'ok    ' : 'FAILED'} ${line} | ${model.about}`);
}
if (failed === 0 && isRecording) record();
if (failed === 0 && !isRecording) writeResults();
console.log(`onnxruntime ${version}: ${asked.length - failed} models agree, ${failed} do not`);
rmSync(folder, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;

/** What the test of the export compares: rows and the answers of onnxruntime, and which graph it was that answered. */
function record(): void {
  const text = asked.map(({ model, rows }, i) =>
    JSON.stringify({
      about: model.about,
      graph: graphHash(encoded(model, 'DOUBLE')),
      rows,
      answers: theirs(i, 'DOUBLE'),
    }),
  );
  writeFileSync(join(here, 'recorded.jsonl'), `${text.join('\n')}\n`);
}

function writeResults(): void {
  const text = [
    '# Exported models in onnxruntime',
    '',
    `Made by \`npm run prove -- onnx\` with onnxruntime ${version}. Rows: those of the model, and one for each threshold and each of its two neighbours in`,
    'float64. *Difference*: the largest |theirs − ours| / max(1, |ours|) of `hearth export --onnx`; of a model whose sums have 32 bits (XGBoost) about 1e-7.',
    `*Other side*: rows whose answer differs by more than ${bounds.float32} with \`--float32\`, because the value and the threshold are the same number in 32 bits.`,
    '',
    '| model | difference | rows | other side |',
    '| --- | ---: | ---: | ---: |',
    ...lines,
    '',
  ];
  writeFileSync(join(here, '../../../bench/import/onnx.md'), text.join('\n'));
}
