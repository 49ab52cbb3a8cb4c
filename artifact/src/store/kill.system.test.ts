import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { tinyArtifact } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { lastInProduction } from './history.ts';
import { readJournal } from './journal.ts';
import { openRegistry } from './registry.ts';
import { listVersions } from './versions.ts';

/** Two writers are killed per round. More of them: npm run prove -- kills */
const rounds = Math.ceil(Number(process.env.REGISTRY_KILLS ?? 24) / 2);
const longestLife = 60;
const writer = join(import.meta.dirname, '../../testing/registry-writer.ts');

async function startWriter(
  folder: string,
  number: number,
): Promise<{ child: ChildProcess; errors: string[] }> {
  const child = fork(writer, [folder, String(number)], {
    execArgv: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  await once(child, 'message');
  return { child, errors };
}

async function killAfter({ child, errors }: Awaited<ReturnType<typeof startWriter>>, milliseconds: number) {
  child.send('go');
  await setTimeout(milliseconds);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  expect([await exit, errors.join('')]).toEqual([[null, 'SIGKILL'], '']);
}

/** Checks the registry as a reader sees it while nobody writes. */
async function assertWhole(folder: string): Promise<void> {
  const registry = openRegistry(folder);
  const versions = await listVersions(folder);
  for (const version of versions) expect((await registry.load(version)).version).toBe(version);
  expect((await readJournal(folder)).unreadable).toEqual([]);
  const inProduction = (await registry.list()).filter(({ production }) => production);
  const promoted = (await registry.journal()).some(({ action }) => action === 'rollback');
  if (promoted) expect(inProduction).toHaveLength(1);
  const numbers = versions.map((version) => version.split('-')[0]);
  expect(new Set(numbers).size).toBe(numbers.length);
}

/** Checks that the next writer does not wait for the dead one, removes its files, and makes journal and alias agree. */
async function assertHealed(folder: string, round: number): Promise<void> {
  const registry = openRegistry(folder);
  const began = Date.now();
  const seed = 900_000_000 + round;
  const { version } = await registry.publish(tinyArtifact((draft) => Object.assign(draft.engine, { seed })));
  expect(Date.now() - began).toBeLessThan(5_000);
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const production = (await registry.list()).find((each) => each.production)?.version ?? null;
  expect(lastInProduction(await registry.journal())).toBe(production);
  await registry.promote(version);
  expect(await registry.production()).toBe(version);
}

test(`two writers at once, killed at ${2 * rounds} random instants, leave the registry whole`, {
  timeout: 20_000 + rounds * 2_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-kill-'));
  const startPair = (round: number) =>
    Promise.all([startWriter(folder, 2 * round), startWriter(folder, 2 * round + 1)]);
  let next = startPair(0);
  for (let round = 0; round < rounds; round++) {
    const pair = await next;
    if (round + 1 < rounds) next = startPair(round + 1); // they start while the pair before works, and then wait
    await Promise.all(pair.map((each) => killAfter(each, Math.random() * longestLife)));
    await assertWhole(folder);
    await assertHealed(folder, round);
  }
  await rm(folder, { recursive: true });
});
