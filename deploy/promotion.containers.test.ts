import { execFileSync } from 'node:child_process';
import { chownSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { stackAt, until } from './stack.ts';

/** The user that cloned the repository on the host: neither root nor the user of the API's container. */
const owner = 1234;

const stack = stackAt(inject('place'));
beforeAll(() => chownAll(path.join(stack.folder, 'models'), owner));

function chownAll(folder: string, uid: number): void {
  chownSync(folder, uid, uid);
  for (const file of readdirSync(folder, { recursive: true }))
    chownSync(path.join(folder, String(file)), uid, uid);
}

const hearth = (...args: string[]) => stack.compose('run', '--rm', '-T', 'hearth', ...args);

const answering = async () => {
  const answer = await fetch(`${stack.url}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"age":54}',
  });
  return ((await answer.json()) as { model: { version: string } }).model.version;
};

const versions = () =>
  readdirSync(path.join(stack.folder, 'models/heart')).filter((name) => /^\d+-/.test(name));

test('on a host with only Docker, list, promote and rollback work, and the running containers follow within 3 s', async () => {
  const before = await answering();
  const other = versions().find((version) => version !== before) as string;
  expect(await hearth('list')).toMatch(new RegExp(`\\* +${before} .*in production`));

  await hearth('promote', other, '--force', '--reason', 'a test');
  await until(async () => (await answering()) === other, 3_000);

  await hearth('rollback');
  await until(async () => (await answering()) === before, 3_000);
}, 90_000);

test('files that the command writes belong to the owner of models/, and the API can read them', async () => {
  const changed = path.join(stack.folder, 'models/heart/aliases.json');
  expect(statSync(changed)).toMatchObject({ uid: owner, gid: owner });
  expect(statSync(changed).mode & 0o777).toBe(0o644);
});

test('the containers follow a promotion on the host within 3 s', async () => {
  const before = await answering();
  const other = versions().find((version) => version !== before) as string;
  const checkout = path.join(import.meta.dirname, '..');
  const cli = path.join(checkout, 'training/src/cli/main.ts');
  const flags = ['--force', '--reason', 'a test', '--models', path.join(stack.folder, 'models')];
  const options = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
  execFileSync(process.execPath, [...options, cli, 'promote', other, ...flags], { cwd: checkout });
  await until(async () => (await answering()) === other, 3_000);
});

test('train and publish work in the container on a mounted table', async () => {
  const learner = ['--engine', 'additive', '--columns', 'age', '--folds', '3', '--repeats', '1'];
  await hearth('train', '--data', 'data/heart/datapackage.json', ...learner);
  const before = versions().length;
  expect(await hearth('publish')).toContain('published');
  expect(versions()).toHaveLength(before + 1);
}, 120_000);
