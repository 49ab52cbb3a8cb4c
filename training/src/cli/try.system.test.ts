import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const main = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
const lines = Array.from({ length: 60 }, (_, i) => `${i % 20},${'abc'[i % 3]},${i % 20 > 9 ? 'y' : 'n'}`);

/** Runs `hearth` in a new folder with a table. */
async function hearth(...args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-try-'));
  await writeFile(join(folder, 'toy.csv'), ['x,c,y', ...lines, ''].join('\n'));
  const command = spawn(process.execPath, [...main, ...args], { cwd: folder });
  onTestFinished(async () => {
    command.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  return { folder, command, exit: once(command, 'exit') };
}

test('try serves page and API of a table, and ends with the commands that keep the model', async () => {
  const { folder, command, exit } = await hearth('try', 'toy.csv', '--target', 'y', '--leave-out', 'c');
  let printed = '';
  for await (const chunk of command.stdout) {
    printed += chunk;
    const [, url] = /Hearth is at (http:\S+)/.exec(printed) ?? [];
    if (url === undefined || command.killed) continue;
    const answer = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ x: 15 }),
    });
    expect(await answer.json()).toMatchObject({ model: { name: 'toy' } });
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    command.kill('SIGINT');
  }
  expect(await exit).toEqual([0, null]);
  expect(printed).toMatch(
    /\nTo keep this model:\n {2}hearth publish \.hearth\/try\/toy\/artifact\n {2}hearth promote latest --model toy\nTo train it thoroughly first: hearth train toy\.csv --target y --leave-out c\n$/,
  );
  expect((await readdir(folder)).sort()).toEqual(['.hearth', 'toy.csv']);
  expect(await readdir(join(folder, '.hearth'))).toEqual(['try']);
});

test('a port that is taken is refused before anything is read', async () => {
  const server = createServer().listen(0);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const { command, exit } = await hearth('try', 'none.csv', '--target', 'y', '--port', String(port));
  let complaint = '';
  for await (const chunk of command.stderr) complaint += chunk;
  expect(complaint).toBe(`hearth: port ${port} is taken; name another with --port, or leave --port out\n`);
  expect((await exit)[0]).toBe(1);
});
