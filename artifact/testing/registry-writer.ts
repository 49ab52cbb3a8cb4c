/**
 * Waits for a message, then publishes, promotes, rolls back and prunes in an endless loop until it is killed.
 * Arguments: the folder of a registry, and a number that makes its models differ from those of other writers.
 */

import { flushCompileCache } from 'node:module';
import { openRegistry, RegistryError } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';

const [folder, writer] = process.argv.slice(2);
const registry = openRegistry(folder);

process.once('message', async () => {
  for (let i = 0; ; i++) {
    const seed = Number(writer) * 10_000 + i;
    const { version } = await registry.publish(
      tinyArtifact((draft) => Object.assign(draft.engine, { seed })),
    );
    await registry.promote(version).catch(exceptConflict);
    if (i % 3 === 2) await registry.rollback('to be killed').catch(exceptConflict);
    if (i % 5 === 4) await registry.prune(4);
  }
});
flushCompileCache(); // a killed process would not write it
process.send?.('ready');

/** Another writer can have pruned the version, or the version to roll back to. */
function exceptConflict(error: unknown): void {
  const expected = ['UNKNOWN_VERSION', 'NO_EARLIER', 'NO_PRODUCTION'];
  if (!(error instanceof RegistryError && expected.includes(error.code))) throw error;
}
