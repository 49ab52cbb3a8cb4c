import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exportedIn } from '../import-scripts/fixtures.ts';
import { recordedNames, run, writeExports } from '../import-scripts/write-models.ts';
import { compareFixture, fixturesIn } from './compare.ts';
import {
  LeftOut,
  type PythonSource,
  rscript,
  scriptPythons,
  sparkPython,
  toolPythons,
} from './environments.ts';

/**
 * Imports models that the real tools have just written, and compares every answer. The tools are installed into .hearth/venvs, of which this needs
 * Python 3.11 or 3.12, for Spark Java, and for R's models R with ranger, randomForest and gbm; what the machine does not have is left out, in one
 * line. With --record the small fixtures of the tests are written anew, which needs all of them; with --keep the models stay.
 */
const here = import.meta.dirname;
const script = join(here, 'models.py');
const folder = mkdtempSync(join(tmpdir(), 'hearth-import-'));
const isRecording = process.argv.includes('--record');
const rows = isRecording ? 60 : 2000;
/** What the tests need of the small models: a kind of file, of split, of sum or of link each. */
const recorded =
  /^(xgboost-(1\.7-(logistic-sets|dart)|3\.2-(logistic|logistic-frame|dart|softprob|softprob-vector|poisson|quantiles))|lightgbm-(3\.3-binary-sets|4\.7-(zero|rf|multiclass|binary-frame))|catboost-1\.2-(logloss-onehot|depthwise|multiclass)|onnx-(forest-classes|xgboost))\./;

const models = join(folder, 'models');
mkdirSync(models);
const exported = join(folder, 'exported');
mkdirSync(exported);

/** What one tool does: its models, and its own answers. */
interface Step {
  about: string;
  /** On an idle machine. */
  seconds: number;
  /** @throws LeftOut where the machine cannot */
  run(): Promise<void>;
}
const installs = new Set<string>();
const pythonStep = (
  what: string,
  source: PythonSource,
  seconds: number,
  work: (python: string) => Promise<void>,
): Step => {
  // an environment of two steps is made by the first one
  const install = installs.has(source.about) ? 0 : source.seconds;
  installs.add(source.about);
  return {
    about: `${source.about}${what}${install > 0 ? ', to be installed' : ''}`,
    seconds: seconds + install,
    run: async () => work(source.python()),
  };
};
const spark = sparkPython();
const ofTools = (source: PythonSource, seconds: number) =>
  pythonStep('', source, seconds, (python) => run(python, ['-W', 'ignore', script, models, String(rows)]));
const names = isRecording ? recordedNames : undefined;
const steps: Step[] = [
  ...toolPythons().map((source, i) => ofTools(source, i === 0 ? 30 : 15)),
  ...(isRecording ? [] : [ofTools(spark, 30)]),
  ...scriptPythons().map((source, i) =>
    pythonStep(' through export.py', source, 30, (python) =>
      writeExports('python', python, join(exported, `scikit-learn-${i}`), rows, names?.python),
    ),
  ),
  {
    about: "R's ranger, randomForest, gbm and glm through export.R",
    seconds: 15,
    run: async () => writeExports('r', rscript(), join(exported, 'r'), rows, names?.r),
  },
  pythonStep(' through export.py', spark, 180, (python) =>
    writeExports('spark', python, join(exported, 'spark'), rows, names?.spark),
  ),
];
const comparing = 20;

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: here }).trim();
const leftOut: string[] = [];
const whole = steps.reduce((sum, { seconds }) => sum + seconds, comparing);
const began = Date.now();
let done = 0;
for (const [i, step] of steps.entries()) {
  // on a busy machine the rest takes longer too
  const pace = done === 0 ? 1 : Math.max(1, (Date.now() - began) / 1000 / done);
  const left = Math.ceil(((whole - done) * pace) / 60);
  console.log(
    `[${i + 1} of ${steps.length + 1}] ${step.about}; about ${left} ${left === 1 ? 'minute' : 'minutes'} left`,
  );
  try {
    await step.run();
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    leftOut.push(`${step.about.replace(', to be installed', '')}: ${error.message}`);
    console.log(`left out: ${error.message}`);
  }
  done += step.seconds;
}
console.log(`[${steps.length + 1} of ${steps.length + 1}] imports the models, and compares every answer`);

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
const fixtures = [...fixturesIn(models), ...exportedIn(exported)].sort((a, b) =>
  a.about < b.about ? -1 : 1,
);
for (const fixture of fixtures) {
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
if (isRecording && leftOut.length > 0)
  throw new Error('the fixtures are recorded with all tools, or not at all');
if (failed === 0 && isRecording) record();
if (failed === 0 && !isRecording) {
  const minutes = Math.ceil((Date.now() - began) / 60_000);
  const results = join(here, '../../../bench/import/results.md');
  const text = [
    '# Models of other tools: the largest differences of their answers',
    '',
    `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, commit ${commit}. Made by \`npm run prove -- import\` with the real tools in ${minutes} minutes.`,
    'Rows lie on every threshold, one step of float32 and of float64 beside it, on each category;',
    'some values are missing, some categories are unknown. A difference is |ours − theirs| / max(1, |theirs|); scores are raw, before the link.',
    '',
    `${lines.length} models. XGBoost 3.4 is the first of its versions whose several quantiles in one model are refused: it sorts them row by row.`,
    ...leftOut.map((each) => `Left out, ${each}.`),
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
