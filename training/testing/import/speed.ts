import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { currentPython } from './environments.ts';

/**
 * How fast a large imported model is read and answers, beside the tool that made it and onnxruntime, by processor time on one thread. Fails where a
 * goal is missed, and writes bench/import/speed.md.
 */
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'hearth-import-speed-'));
console.log('fits 1,000 trees with XGBoost and with LightGBM, and asks them: about 5 minutes');
const tools: {
  versions: Record<string, string>;
  batch: number;
  one: number;
  oneXgboost: number;
} = JSON.parse(
  execFileSync(currentPython(), ['-W', 'ignore', join(here, 'speed.py'), folder], { encoding: 'utf8' }),
);

interface Used {
  /** Of processor time. */
  seconds: number;
  megabytes: number;
}

/** Runs the command in a process of its own. */
function hearth(...options: string[]): Used {
  const atExit = 'process.on("exit", () => console.error(JSON.stringify(process.resourceUsage())))';
  const main = join(here, '../../src/cli/main.ts');
  const { status, stderr } = spawnSync(
    process.execPath,
    [...process.execArgv, '--import', `data:text/javascript,${encodeURIComponent(atExit)}`, main, ...options],
    { encoding: 'utf8', env: { ...process.env, MODELS: join(folder, 'models') } },
  );
  if (status !== 0) throw new Error(`hearth ${options.join(' ')} ended with ${status}\n${stderr}`);
  const usage = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as NodeJS.ResourceUsage;
  return { seconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6, megabytes: usage.maxRSS / 1024 };
}

/** The least processor time of five turns, in seconds. */
function seconds(work: () => void): number {
  const turns = Array.from({ length: 5 }, () => {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  });
  return Math.min(...turns);
}

const imported = hearth('import', join(folder, 'leaves255.txt'), '--target', 'y', '--model', 'leaves');
const verified = hearth('verify', '--model', 'leaves');
hearth('import', join(folder, 'depth6.json'), '--target', 'y', '--model', 'depth');

const registry = openRegistry(join(folder, 'models/depth'));
const model = await registry.load(await registry.find('latest'));
const [head, ...lines] = readFileSync(join(folder, 'rows.csv'), 'utf8').trim().split('\n');
const width = head.split(',').length;
const cells = Float64Array.from(lines.flatMap((line) => line.split(',').map(Number)));
const rowCount = 100_000;
const many = new Float64Array(rowCount * width);
for (let at = 0; at < many.length; at += cells.length) many.set(cells, at);
const oneRow = (i: number) => model.predictCells(cells.subarray((i % 100) * width, ((i % 100) + 1) * width));
const times = 2000;
for (let i = 0; i < times; i++) oneRow(i);
const one = seconds(() => {
  for (let i = 0; i < times; i++) oneRow(i);
});
const batch = seconds(() => model.predictCells(many));
rmSync(folder, { recursive: true });

const micro = (time: number) => `${(time * 1e6).toFixed(0)} µs`;
const goals = [
  {
    what: 'one row of 1,000 trees of depth 6, 50 columns',
    goal: 'less than onnxruntime takes',
    isMet: one / times < tools.one,
    measured: `${micro(one / times)}; onnxruntime ${micro(tools.one)}, XGBoost in Python ${micro(tools.oneXgboost)}`,
  },
  {
    what: '100,000 rows of it',
    goal: 'less than twice what XGBoost takes',
    isMet: batch < 2 * tools.batch,
    measured: `${batch.toFixed(2)} s; XGBoost ${tools.batch.toFixed(2)} s`,
  },
  {
    what: '`hearth import` of 1,000 trees of 255 leaves',
    goal: 'less than 5 s and 500 MB',
    isMet: imported.seconds < 5 && imported.megabytes < 500,
    measured: `${imported.seconds.toFixed(1)} s, ${imported.megabytes.toFixed(0)} MB`,
  },
  {
    what: '`hearth verify` of it',
    goal: 'less than 2 s',
    isMet: verified.seconds < 2,
    measured: `${verified.seconds.toFixed(1)} s`,
  },
];
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: here }).trim();
const versions = Object.entries(tools.versions).map(([name, version]) => `${name} ${version}`);
const text = [
  '# Models of other tools: how fast',
  '',
  `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${versions.join(', ')}, commit ${commit}. Made by \`npm run prove -- speed:import\`: processor time, one thread,`,
  'the least of five turns; of the commands the whole process.',
  '',
  '| what | measured | goal | |',
  '| --- | --- | --- | --- |',
  ...goals.map(
    ({ what, goal, isMet, measured }) => `| ${what} | ${measured} | ${goal} | ${isMet ? 'met' : 'missed'} |`,
  ),
  '',
].join('\n');
console.log(text);
writeFileSync(join(here, '../../../bench/import/speed.md'), text);
process.exitCode = goals.every(({ isMet }) => isMet) ? 0 : 1;
