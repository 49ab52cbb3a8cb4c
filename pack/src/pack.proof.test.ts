import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addresses, bytesIn, install } from '../testing/installed.ts';
import { predict } from '../testing/predict.ts';
import { buildPackage } from './build.ts';
import { packFolder } from './tarball.ts';

/** The package from its tarball, on each Node: what a user does in an empty folder, without a registry. */
const repository = join(import.meta.dirname, '../..');
const majors = ['20', '22', '24'];
const penguins = join(repository, 'data/penguins/raw/penguins.csv');
const penguin = { Species: 'Adelie', 'Body Mass (g)': 3750, 'Flipper Length (mm)': 181 };

let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-pack-'));
  const packages = majors.map((major) => `node${major}@npm:node-linux-${process.arch}@${major}`);
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, ...packages]);
  await buildPackage(join(folder, 'package'));
  tarball = packFolder(join(folder, 'package'), folder);
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

/** Takes the network away, where this user may. */
const apart = ['unshare', '-rn'];
const before = spawnSync('unshare', ['-rn', 'true']).status === 0 ? apart : [];

test('it takes at most 5 MB', () => {
  const bytes = bytesIn(join(folder, 'package'));
  console.log(
    `${(bytes / 1e6).toFixed(2)} MB installed, ${(statSync(tarball).size / 1e6).toFixed(2)} MB packed`,
  );
  expect(bytes).toBeLessThan(5e6);
});

describe.each(majors)('on Node %s', (major) => {
  let own: ReturnType<typeof install>;
  beforeAll(async () => {
    const node = join(folder, `node_modules/node${major}/bin/node`);
    own = install(tarball, join(folder, `own${major}`), node, before);
    await copyFile(penguins, join(own.folder, 'penguins.csv'));
  }, 60_000);
  const hearth = async (...args: string[]) => (await own.hearth(args)).stdout;

  test('try shows a model of a file', async () => {
    const tried = await own.serve('try', 'penguins.csv', '--target', 'Sex');
    expect((await predict(tried.url, penguin)).probability).toBeTypeOf('number');
    expect(await tried.stop()).toBe(0);
  }, 300_000);

  test('a model is trained, served and replaced without a failed request', async () => {
    const train = ['train', 'penguins.csv', '--target', 'Sex', '--budget', '3s'];
    await hearth(...train, '--engine', 'logistic');
    await hearth('publish', '.hearth/penguins/artifact');
    await hearth('promote', 'latest');
    const served = await own.serve('serve');
    const first = (await predict(served.url, penguin)).model;
    for (const path of addresses) expect((await fetch(served.url + path)).status, path).toBe(200);

    await hearth(...train, '--engine', 'additive');
    await hearth('publish', '.hearth/penguins/artifact');
    const swap = hearth('promote', 'latest', '--force', '--reason', 'a trial');
    let last = first;
    for (const until = Date.now() + 120_000; Date.now() < until && isDeepStrictEqual(last, first); )
      last = (await predict(served.url, penguin)).model;
    await swap;
    expect(last).not.toEqual(first);

    const answer = await predict(served.url, penguin);
    expect(await served.stop()).toBe(0);
    const line = JSON.parse((await hearth('predict', 'penguins.csv', '--format', 'jsonl')).split('\n')[0]);
    expect(line.model ?? answer.model).toEqual(answer.model);
  }, 300_000);

  test('every other command runs', async () => {
    expect(await hearth('list')).toContain('in production');
    expect(await hearth('verify')).toContain('passes every check');
    expect(await hearth('show')).toContain('penguins');
    expect(await hearth('card')).toContain('# ');
    expect(await hearth('diff', '1', '2')).toContain('engine');
    const { stdout, stderr } = await own.hearth(['rollback']);
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^1-.* is in production again/), '']); // no warning of Node
    expect(await hearth('export', '--onnx')).toContain('model.onnx');
    expect(await hearth('export', '--sagemaker')).toContain('model.tar.gz');
    expect(await hearth('init', 'penguins.csv', '--target', 'Sex', '--out', 'described')).toContain(
      'datapackage.json',
    );
    expect(await hearth('completion', 'bash')).toContain('hearth');
    expect(await hearth('import', '--script', 'python')).toContain('def ');
    const recorded = join(repository, 'training/testing/import/recorded/lightgbm-4.7-binary-frame.txt');
    expect(await hearth('import', recorded, '--target', 'y', '--model', 'imported')).toContain('published');
  }, 300_000);

  test('files of other formats are read, or the way out is named', async () => {
    await cp(
      join(repository, 'training/testing/sources/recorded/pandas-zstd.parquet'),
      join(own.folder, 'table.parquet'),
    );
    const { stderr } = await own.hearth(['train', 'table.parquet', '--target', 'none'], 1);
    expect(stderr).toContain('"none"');
    const sqlite = await own.hearth(['train', 'sqlite:none.db?table=t', '--target', 'y'], 1);
    expect(sqlite.stderr).not.toContain('unexpected');
    const postgres = await own.hearth(['train', 'postgres://127.0.0.1:9/x?table=t', '--target', 'y'], 1);
    expect(postgres.stderr).toMatch(/127\.0\.0\.1:9/);
  }, 60_000);
});
