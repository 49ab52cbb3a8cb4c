import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename, dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { ArtifactError, type Check, type Manifest } from '@hearth/artifact';
import { type CheckedArtifact, openRegistry, readChecked } from '@hearth/artifact/store';

/** What the worker sends back for a version's folder. */
export type LoadAnswer = (CheckedArtifact & { published?: string }) | { check?: Check; reason: string };

/** Golden rows that the serving thread gets for its warm-up. */
const goldenKept = 100;

let loads = 0;

/**
 * Lowers the priority of this thread after the first load, which everyone waits for: on few processors the thread that answers requests
 * comes first. Only Linux has priorities per thread.
 */
function giveWay(): void {
  if (loads++ !== 1 || process.platform !== 'linux') return;
  const thread = Number(basename(readlinkSync('/proc/thread-self')));
  setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
}

/** Reads and checks versions, one at a time, outside the event loop that answers requests. */
parentPort?.on('message', async (folder: string) => {
  giveWay();
  try {
    const { manifest, trees, packed } = await readChecked(folder);
    const published = await publishedAt(folder);
    const answer: LoadAnswer = { manifest: withoutRows(manifest), trees, packed, published };
    parentPort?.postMessage(answer, [...buffersOf(trees), ...buffersOf(packed)]);
  } catch (error) {
    const check = error instanceof ArtifactError ? error.check : undefined;
    parentPort?.postMessage({ check, reason: (error as Error).message } satisfies LoadAnswer);
  }
});

/** The memory of all arrays in an object, to be transferred instead of copied. */
function buffersOf(holder: object): ArrayBuffer[] {
  return Object.values(holder).flatMap((value: object | undefined) => {
    if (ArrayBuffer.isView(value)) return value.buffer as ArrayBuffer;
    return value ? buffersOf(value) : [];
  });
}

async function publishedAt(folder: string): Promise<string | undefined> {
  // a damaged journal does not keep a version from serving: /status reports it
  const versions = await openRegistry(dirname(folder)).list();
  return versions.find(({ version }) => version === basename(folder))?.published;
}

/** Serving needs no single training rows, and copying megabytes of them would hold up the event loop. */
const withoutRows = (manifest: Manifest): Manifest => ({
  ...manifest,
  ...(manifest.evaluation && { evaluation: { ...manifest.evaluation, outOfFold: [] } }),
  golden: manifest.golden.slice(0, goldenKept),
});
