import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addresses, bytesIn, type Installed, install } from '../testing/installed.ts';
import { predict } from '../testing/predict.ts';
import { buildPackage } from './build.ts';
import { packFolder } from './tarball.ts';

const rows = Array.from({ length: 60 }, (_, i) => `${i % 20},${i % 20 > (i % 7) * 3 ? 'y' : 'n'}`);

let folder: string;
let installed: Installed;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-pack-'));
  await buildPackage(join(folder, 'package'));
  const tarball = packFolder(join(folder, 'package'), folder);
  installed = install(tarball, join(folder, 'own'));
  await writeFile(join(installed.folder, 'toy.csv'), ['x,y', ...rows, ''].join('\n'));
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

test('from the tarball in an empty folder, without a registry: try, publish, promote, serve, ask, predict a file', async () => {
  const tried = await installed.serve('try', 'toy.csv', '--target', 'y');
  expect(await predict(tried.url, { x: 15 })).toMatchObject({ model: { name: 'toy' } });
  expect(await tried.stop()).toBe(0);
  await installed.hearth(['publish', '.hearth/try/toy/artifact']);
  await installed.hearth(['promote', 'latest']);

  const served = await installed.serve('serve');
  const answer = await predict(served.url, { x: 15 });
  for (const path of [...addresses, '/models/toy/model'])
    expect((await fetch(served.url + path)).status, path).toBe(200);
  expect(await served.stop()).toBe(0);

  const { stdout } = await installed.hearth(['predict', 'toy.csv', '--format', 'jsonl']);
  const line = JSON.parse(stdout.split('\n')[15]);
  expect(line.probability).toBe(answer.probability);
}, 300_000);

test('it depends on no package, names the licences of what it contains, and takes at most 5 MB; hearth.py is in it', async () => {
  const built = join(folder, 'package');
  expect(JSON.parse(await readFile(join(built, 'package.json'), 'utf8')).dependencies).toBeUndefined();
  expect(await readFile(join(built, 'LICENSES.txt'), 'utf8')).toMatch(/^fastify 5\S+ \(MIT\)$/m);
  expect(bytesIn(built)).toBeLessThan(5e6);
  expect(await readFile(join(built, 'notebook/hearth.py'), 'utf8')).toContain('import pandas');
  for (const file of ['hearth.py', 'hearth.R'])
    expect(await readFile(join(built, 'notebook', file), 'utf8')).toContain('It needs');
});

test('a program of its owner imports hearth/predictor', async () => {
  await writeFile(
    join(installed.folder, 'own.mjs'),
    `import { load } from 'hearth/predictor'; console.log((await load(process.argv[2])).predict({ age: 54 }).probability);`,
  );
  const heart = join(import.meta.dirname, '../../models/heart/2-ea09fb3');
  const { stdout } = await promisify(execFile)(process.execPath, ['own.mjs', heart], {
    cwd: installed.folder,
  });
  expect(stdout).toBe('0.4450602173837143\n');
});
