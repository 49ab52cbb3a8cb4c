import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';

const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const main = join(import.meta.dirname, 'main.ts');

test('a reader that has seen enough, such as head, ends the command without a word', async () => {
  const command = spawn(process.execPath, [...flags, main, 'card'], { cwd: root });
  command.stdout.destroy();
  const [complaint, [code, signal]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect(complaint).toBe('');
  expect([code, signal]).toEqual([0, null]);
});

test('what fails where no command waits for it is one line too', async () => {
  const failing = `process.on('newListener', (event) => {
    if (event === 'uncaughtException') setImmediate(() => { throw new TypeError('lost'); });
  });`;
  const preloaded = ['--import', `data:text/javascript,${encodeURIComponent(failing)}`];
  const command = spawn(process.execPath, [...flags, ...preloaded, main, 'verify'], { cwd: root });
  const [complaint, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  expect(complaint).toMatch(/^hearth: unexpected: TypeError: lost; .* HEARTH_TRACE=1 shows where\n$/);
  expect(code).toBe(1);
});

test.runIf(process.getuid?.() === 0)(
  'in its container, a folder of models that is not there is told',
  async () => {
    const preloaded = ['--import', join(import.meta.dirname, 'as-owner.ts')];
    const env = { ...process.env, HEARTH_MODELS: '/nowhere/models' };
    const command = spawn(process.execPath, [...flags, ...preloaded, main, 'list'], { cwd: root, env });
    const [complaint, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
    expect(complaint).toBe('hearth: there is no folder /nowhere/models; mount it there\n');
    expect(code).toBe(1);
  },
);
