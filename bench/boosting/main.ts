import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRecord } from '../record.ts';
import { createRowMaker, writeTable } from '../trees/table.ts';
import { type Row, report } from './report.ts';
import { type Grown, specArguments } from './spec.ts';

/**
 * Grows boosted trees beside XGBoost, LightGBM and scikit-learn, if PYTHON has them.
 * Usage: PYTHON=… npm run bench boosting -- [--rows 10000,100000] [--threads 1,2]. With an option it prints, and writes no results.
 */
const { values } = parseArgs({
  options: { rows: { type: 'string' }, threads: { type: 'string' } },
});
const sizes = (values.rows ?? '10000,100000,1000000').split(',').map(Number);
const threadCounts = (values.threads ?? '1,2').split(',').map(Number);
const testRows = 10_000;
const here = import.meta.dirname;
const run = (command: string[], args: string[], threads = 1): string =>
  execFileSync(command[0], [...command.slice(1), ...args], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: String(threads) },
  });

const node = [process.execPath, '--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const ours = [...node, join(here, 'hearth.ts')];
const peers = [process.env.PYTHON ?? '/usr/bin/python3', join(here, 'peers.py')];
const found = versionsOfPeers();
const engines = [{ name: 'hearth', version: `on Node ${process.versions.node}`, command: ours }];
for (const [name, version] of Object.entries(found))
  if (version) engines.push({ name, version, command: peers });
const missing = ['XGBoost', 'LightGBM', 'scikit-learn'].filter((name) => !found[name]);

const record = values.rows || values.threads ? undefined : await openRecord(join(here, 'results.md'));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', cwd: here }).trim();
const machine = `${cpus().length} × ${cpus()[0].model}, commit ${commit}`;
const rows: Row[] = [];
const folder = await mkdtemp(join(tmpdir(), 'hearth-boosting-'));
try {
  const { columns, make } = await createRowMaker();
  const [train, test] = [join(folder, 'train'), join(folder, 'test')];
  await writeTable(test, make(testRows, 2));
  for (const size of sizes) {
    await writeTable(train, make(size, 1));
    for (const [threads, { name, command }] of threadCounts.flatMap((count) =>
      engines.map((engine) => [count, engine] as const),
    )) {
      const spec = {
        train,
        rows: size,
        test,
        testRows,
        columns,
        rounds: 500,
        leaves: 31,
        rate: 0.1,
        threads,
      };
      const grown: Grown = JSON.parse(run(command, specArguments({ engine: name, ...spec }), threads));
      rows.push({ engine: name, rows: size, threads, ...grown });
      console.log(JSON.stringify(rows.at(-1)));
      await record?.write(report(machine, engines, missing, rows));
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
if (!record) console.log(report(machine, engines, missing, rows));

/** The versions of the peers, null for one that is not installed; none without Python and numpy. */
function versionsOfPeers(): Record<string, string | null> {
  try {
    return JSON.parse(run(peers, ['engine=versions']));
  } catch (error) {
    console.log(`no peers: ${(error as Error).message.split('\n')[0]}; PYTHON names a Python that has them`);
    return {};
  }
}
