/** Publishes and promotes once, and prints both outcomes as JSON. Argument: the folder of a registry. */

import { openRegistry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';

const registry = openRegistry(process.argv[2]);
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => `${error.name}: ${error.message}`,
  );
const published = await outcome(
  registry.publish(tinyArtifact((draft) => Object.assign(draft.engine, { seed: 77 }))),
);
const promoted = await outcome(registry.promote('1-'));
console.log(JSON.stringify({ published, promoted }));
