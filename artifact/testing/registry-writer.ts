/**
 * Changes a registry without end, once it is told to: publishes, promotes, rolls back, prunes. Made to be killed.
 * Arguments: the folder, and a number that sets its models apart from those of other writers.
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
    await registry.promote(version).catch(exceptOutrun);
    if (i % 3 === 2) await registry.rollback('to be killed').catch(exceptOutrun);
    if (i % 5 === 4) await registry.prune(4);
  }
});
flushCompileCache(); // a process that is killed does not come to it
process.send?.('ready');

/** Another writer may have pruned the version, or left nothing to go back to. */
function exceptOutrun(error: unknown): void {
  const expected = ['UNKNOWN_VERSION', 'NO_EARLIER', 'NO_PRODUCTION'];
  if (!(error instanceof RegistryError && expected.includes(error.code))) throw error;
}
