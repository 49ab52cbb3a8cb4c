import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exportedIn } from '../import-scripts/fixtures.ts';
import { recordedNames, run, writeModels } from '../import-scripts/write-models.ts';
import { compareFixture, fixturesIn } from './compare.ts';
import { scriptPythons, sparkPython, toolPythons } from './environments.ts';

/**
 * Imports models that the real tools have just written, and compares every answer. It needs Python 3.11 or 3.12, Java, and R with ranger,
 * randomForest and gbm. With --record the small fixtures of the tests are written anew.
 */
const here = import.meta.dirname;
const script = join(here, 'models.py');
const folder = mkdtempSync(join(tmpdir(), 'hearth-import-'));
const isRecording = process.argv.includes('--record');
const rows = isRecording ? 60 : 2000;
/** What the tests need of the small models: a kind of file, of split, of sum or of link each. */
const recorded =
  /^(xgboost-(1\.7-(logistic-sets|dart)|3\.2-(logistic|logistic-frame|dart|softprob|softprob-vector|poisson|quantiles))|lightgbm-(3\.3-binary-sets|4\.7-(zero|rf|multiclass|binary-frame))|catboost-1\.2-(logloss-onehot|depthwise|multiclass)|onnx-(forest-classes|xgboost))\./;

const environments = { tools: toolPythons(), scripts: scriptPythons(), spark: sparkPython() };
const models = join(folder, 'models');
mkdirSync(models);
const exported = join(folder, 'exported');
mkdirSync(exported);
// Spark waits for itself most of the time
await Promise.all([
  writeModels(exported, rows, environments, isRecording ? recordedNames : undefined),
  writeToolModels(),
]);

async function writeToolModels(): Promise<void> {
  const all = isRecording ? environments.tools : [...environments.tools, environments.spark];
  for (const python of all) await run(python, ['-W', 'ignore', script, models, String(rows)]);
}

/** Replaces the fixtures of the tests by those of these names. */
function record(): void {
  const to = join(here, 'recorded');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  for (const file of readdirSync(models)) if (recorded.test(file)) cpSync(join(models, file), join(to, file));
  const scripts = join(here, '../import-scripts/recorded');
  rmSync(scripts, { recursive: true, force: true });
  mkdirSync(scripts);
  for (const { file, bytes } of exportedIn(exported)) writeFileSync(join(scripts, basename(file)), bytes);
}

const lines: string[] = [];
let failed = 0;
for (const fixture of [...fixturesIn(models), ...exportedIn(exported)]) {
  const { about, name } = fixture;
  try {
    const { compared, imported } = compareFixture(fixture);
    const shown = (value: number | undefined) =>
      value === undefined ? '–' : value === 0 ? '0' : value.toExponential(1);
    const count = fixture.rows.length;
    lines.push(
      `| ${about} | ${count} | ${shown(compared.score)} | ${shown(compared.answer)} | ${imported.bounds.answer.toExponential(1)} |`,
    );
    console.log(`${shown(compared.score).padStart(9)} ${shown(compared.answer).padStart(9)}  ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${String(error).slice(0, 400)}`);
  }
}
if (failed === 0 && isRecording) record();
if (failed === 0 && !isRecording) {
  const results = join(here, '../../../bench/import/results.md');
  const text = [
    '# Models of other tools: the largest differences of their answers',
    '',
    'Made by `npm run prove -- import` with the real tools. Rows lie on every threshold, one step of float32 and of float64 beside it, on each category;',
    'some values are missing, some categories are unknown. A difference is |ours − theirs| / max(1, |theirs|); scores are raw, before the link.',
    '',
    `${lines.length} models. XGBoost 3.4 is the last of its versions whose several quantiles in one model are refused: it sorts them row by row.`,
    '',
    '| model | rows | scores | answers | allowed |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines,
    '',
  ];
  mkdirSync(join(results, '..'), { recursive: true });
  writeFileSync(results, text.join('\n'));
}
console.log(
  `${lines.length} models agree, ${failed} do not${process.argv.includes('--keep') ? `; kept in ${models}` : ''}`,
);
if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
