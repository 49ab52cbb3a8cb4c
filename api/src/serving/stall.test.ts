import { once } from 'node:events';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { Forest } from '@hearth/artifact';
import { packArtifact } from '@hearth/artifact/store';
import { tinyDraft } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { modelsFolder } from '../../testing/models.ts';
import { startLoadThread } from './load-thread.ts';

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

/** Bytes that the receiver of a message must build objects from: all but the arrays, whose memory is handed over. */
function bytesToBuild(message: unknown): number {
  const withoutArrays = JSON.stringify(message, (_, value) =>
    ArrayBuffer.isView(value) ? undefined : value,
  );
  return serialize(JSON.parse(withoutArrays)).byteLength;
}

/** Bytes of all typed arrays in a message. */
function bytesOfArrays(message: unknown): number {
  if (ArrayBuffer.isView(message)) return message.byteLength;
  if (typeof message !== 'object' || message === null) return 0;
  return Object.values(message).reduce((sum, member) => sum + bytesOfArrays(member), 0);
}

test('the thread that answers gets a large model as arrays, and few objects to build', async () => {
  const { registry, remove } = await modelsFolder();
  const draft = tinyDraft();
  draft.golden = Array.from({ length: 5000 }, () => ({ row: {}, answer: 0 }));
  draft.evaluation.outOfFold = Array.from({ length: 5000 }, (_, i) => ({
    row: String(i).padStart(16, '0'),
    target: i % 2,
    prediction: 0.5,
  }));
  const { version } = await registry.publish(packArtifact(draft, { forest: largeForest(60_000) }));
  const thread = startLoadThread();
  thread.postMessage(join(registry.folder, version));
  const [answer] = await once(thread, 'message');
  expect(bytesOfArrays(answer)).toBeGreaterThan(2_000_000);
  expect(bytesToBuild(answer)).toBeLessThan(20_000);
  await thread.terminate();
  await remove();
});
