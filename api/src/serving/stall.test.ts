import { setImmediate as turn } from 'node:timers/promises';
import type { Forest } from '@hearth/artifact';
import { packArtifact } from '@hearth/artifact/store';
import { tinyDraft } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { createServing } from './index.ts';

/** So many trees with one leaf each: megabytes that cost time to read and check. */
function largeForest(trees: number): Forest {
  const leaves = new Int32Array(trees).fill(-1);
  return {
    roots: Int32Array.from({ length: trees }, (_, tree) => tree),
    feature: leaves,
    threshold: new Float64Array(trees),
    left: leaves,
    right: leaves,
    value: new Float64Array(trees),
    cover: new Float64Array(trees),
    missingLeft: new Uint8Array(trees),
  };
}

/** The most processor time, in milliseconds, that this thread spends in one turn of its event loop until `done`. */
async function longestTurn(done: Promise<unknown>): Promise<number> {
  let running = true;
  void done.then(() => {
    running = false;
  });
  let longest = 0;
  while (running) {
    const before = process.threadCpuUsage();
    await turn();
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}

test('to load 3 MB never takes more than 10 ms of the thread that answers', async () => {
  const { models, registry, remove } = await modelsFolder();
  await registry.promote(await publishTiny(registry));
  const serving = createServing({ models });
  await serving.start();
  const draft = tinyDraft();
  draft.golden = [{ row: {}, answer: 0 }];
  draft.evaluation.outOfFold = Array.from({ length: 5000 }, (_, i) => ({
    row: String(i).padStart(16, '0'),
    target: i % 2,
    prediction: 0.5,
  }));
  const { version } = await registry.publish(packArtifact(draft, { forest: largeForest(60_000) }));
  const swapped = new Promise((resolve) => serving.events.once('swap', resolve));
  await registry.promote(version);
  expect(await longestTurn(swapped)).toBeLessThan(10);
  expect(serving.model().version).toBe(version);
  await serving.close();
  await remove();
});
