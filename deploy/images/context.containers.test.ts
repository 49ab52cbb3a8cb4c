import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../docker.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hearth-context-'));
});
afterEach(() => rm(folder, { recursive: true }));

const checkout = path.join(import.meta.dirname, '../..');

async function put(file: string): Promise<void> {
  const place = path.join(folder, file);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, '');
}

/** The files of the folder that reach a build, with the checkout's .dockerignore. */
async function context(): Promise<string[]> {
  await run('cp', [path.join(checkout, '.dockerignore'), folder]);
  await writeFile(path.join(folder, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  const out = path.join(folder, 'out');
  await run('docker', ['build', '--quiet', '--output', `type=local,dest=${out}`, folder]);
  return (await run('find', [out, '-type', 'f', '-printf', '%P\n'])).split('\n').sort();
}

test('only sources of the images reach a build: no history, keys, settings, dependencies or tests', async () => {
  const wanted = ['api/src/main.ts', 'data/heart/heart.csv', 'models/heart/aliases.json', 'package.json'];
  const unwanted = [
    ...['.git/config', '.env', 'api/.env.local', 'web/.npmrc', 'models/heart/.hearth.lock', 'models/key.pem'],
    ...[
      'node_modules/x/index.js',
      'api/node_modules/x/index.js',
      'web/dist/index.html',
      'api/src/app.test.ts',
    ],
    ...['deploy/gateway/certificates/hearth.pem', 'deploy/rollout', 'id_rsa', 'notes.txt', 'web/server.key'],
  ];
  for (const file of [...wanted, ...unwanted]) await put(file);
  expect(await context()).toEqual(wanted);
});
