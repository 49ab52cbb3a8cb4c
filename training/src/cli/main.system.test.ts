import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readArtifact, writeArtifact } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { writeToy } from '../../testing/made-up-package.ts';

const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const main = join(import.meta.dirname, 'main.ts');

test('the command ends without a message when the reader of its pipe, such as head, ends', async () => {
  const command = spawn(process.execPath, [...flags, main, 'card'], { cwd: root });
  command.stdout.destroy();
  const [complaint, [code, signal]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect(complaint).toBe('');
  expect([code, signal]).toEqual([0, null]);
});

test('a closed standard error does not change the exit code', async () => {
  const command = spawn(process.execPath, [...flags, main, 'nonsense'], { cwd: root });
  command.stderr.destroy();
  expect((await once(command, 'exit'))[0]).toBe(2);
});

test('help has bold titles on a terminal with colours, and none with NO_COLOR', () => {
  const help = (env: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [...flags, main, '--help'], { env: { PATH: process.env.PATH, ...env } });
  expect(String(help({ FORCE_COLOR: '1' }).stdout)).toContain('\u001b[1mUsage:');
  for (const env of [{ FORCE_COLOR: '1', NO_COLOR: '1' }, {}])
    expect(String(help(env).stdout)).not.toContain('\u001b');
});

test('an error that no command awaits is one line too', async () => {
  const failing = `process.on('newListener', (event) => {
    if (event === 'uncaughtException') setImmediate(() => { throw new TypeError('lost'); });
  });`;
  const preloaded = ['--import', `data:text/javascript,${encodeURIComponent(failing)}`];
  const command = spawn(process.execPath, [...flags, ...preloaded, main, 'verify'], { cwd: root });
  const [complaint, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect(complaint).toMatch(/^hearth: unexpected: TypeError: lost; .* HEARTH_TRACE=1 shows where\n$/);
  expect(code).toBe(70);
});

test.runIf(process.getuid?.() === 0)(
  'in its container, the command names the missing folder of models',
  async () => {
    const preloaded = ['--import', join(import.meta.dirname, 'as-owner.ts')];
    const env = { ...process.env, HEARTH_MODELS: '/nowhere/models' };
    const command = spawn(process.execPath, [...flags, ...preloaded, main, 'list'], { cwd: root, env });
    const [complaint, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
    expect(complaint).toBe('hearth: there is no folder /nowhere/models; mount it there\n');
    expect(code).toBe(1);
  },
);

/** Runs the command with files limited to 4 KiB: writes fail half-way, as on a full disk. */
const onFullDisk = (...args: string[]) =>
  spawnSync('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, ...flags, main, ...args], {
    cwd: root,
    encoding: 'utf8',
  });

test('a full disk changes no file, and the message is one line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-full-'));
  const rows = join(folder, 'rows.csv');
  await writeFile(rows, `age\n${'50\n'.repeat(1000)}`);
  const predicted = onFullDisk('predict', rows, '--models', 'models', '--out', join(folder, 'answers.csv'));
  expect([predicted.status, predicted.stderr]).toEqual([
    1,
    expect.stringMatching(/^note: .*\nhearth: there is no room to write to .*answers\.csv: .*\n$/),
  ]);

  await writeArtifact(tinyArtifact(), join(folder, 'best'));
  const toy = await writeToy();
  const places = ['--out', join(folder, 'best'), '--force', '--report', join(folder, 'report.html')];
  const quick = ['--engine', 'boosted', '--folds', '2', '--repeats', '1'];
  const trained = onFullDisk('train', '--data', toy.data, ...quick, ...places);
  expect([trained.status, trained.stderr.trimEnd().split('\n').at(-1)]).toEqual([
    1,
    expect.stringMatching(/^hearth: there is no room to write to .*best: .*nothing was changed$/),
  ]);
  expect((await readArtifact(join(folder, 'best'))).sha256).toBe(tinyArtifact().sha256);
  expect((await readdir(folder)).sort()).toEqual(['best', 'rows.csv']);
  await toy.remove();
  await rm(folder, { recursive: true });
}, 60_000);
