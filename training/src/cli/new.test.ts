import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { useCommandLine } from '../../testing/command-line.ts';
import { engineVersion } from '../engine-version.ts';

const { said, hearth } = useCommandLine();
const lines = Array.from({ length: 60 }, (_, i) => `${i % 20},${i % 20 > (i % 7) * 3 ? 'y' : 'n'}`);

let folder: string;
let table: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-new-'));
  table = join(folder, 'toy.csv');
  await writeFile(table, ['x,y', ...lines, ''].join('\n'));
});
afterEach(() => rm(folder, { recursive: true }));

const filesIn = async (path: string) =>
  (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length + 1))
    .sort();
const read = (path: string) => readFile(join(folder, 'own', path), 'utf8');
const make = (...more: string[]) =>
  hearth('new', join(folder, 'own'), table, '--target', 'y', '--no-train', ...more);

test('new makes a repository of a table, with images of this version and nothing to build', async () => {
  expect(await make('--images', 'ghcr.io/example/')).toBe(0);
  expect(await filesIn(join(folder, 'own'))).toEqual([
    '.dockerignore',
    '.github/workflows/model.yml',
    '.gitignore',
    'Dockerfile',
    'README.md',
    'compose.yml',
    'data/datapackage.json',
    'data/toy.csv',
    'gateway/haproxy.cfg',
    'gateway/start.sh',
  ]);
  expect(await read('Dockerfile')).toBe(
    `FROM ghcr.io/example/hearth-api:${engineVersion}\nENV MODELS=/models\nCOPY models /models\n`,
  );
  const { services } = parse(await read('compose.yml'), { merge: true });
  for (const [name, image] of [
    ['api', 'hearth-api'],
    ['web', 'hearth-web'],
    ['hearth', 'hearth'],
  ]) {
    expect(services[name].image).toBe(`ghcr.io/example/${image}:\${HEARTH_TAG:-${engineVersion}}`);
    expect(services[name].build).toBeUndefined();
  }
  expect(services.gateway.volumes).toEqual(['./gateway:/usr/local/etc/haproxy:ro']);
  for (const file of ['README.md', '.github/workflows/model.yml', 'compose.yml'])
    expect(await read(file)).not.toMatch(/%[A-Z]+%|deploy\/gateway/);
  expect(said.printed).toMatch(/next: cd \S+own && do what README\.md says\n$/);
});

test('nothing that exists is replaced, and then nothing is written', async () => {
  await mkdir(join(folder, 'own'));
  await writeFile(join(folder, 'own/README.md'), 'mine');
  expect(await make()).toBe(1);
  expect(said.complained).toContain('own/README.md: already exists');
  expect(await filesIn(join(folder, 'own'))).toEqual(['README.md']);
});

test('a table that cannot be described leaves nothing behind, so that the command can be repeated', async () => {
  await mkdir(join(folder, 'own'));
  expect(await hearth('new', join(folder, 'own'), table, '--target', 'z')).toBe(1);
  expect(await readdir(join(folder, 'own'))).toEqual([]);
  expect(await hearth('new', join(folder, 'a/b'), table, '--target', 'z')).toBe(1);
  expect((await readdir(folder)).sort()).toEqual(['own', 'toy.csv']);
  expect(await make()).toBe(0);
});

test('without a table the README says how to describe one', async () => {
  expect(await hearth('new', join(folder, 'own'))).toBe(0);
  expect(await read('README.md')).toContain('hearth init data/FILE --target COLUMN --out data');
});
