import { statSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { modelsFolder } from './settings.ts';

/**
 * Loaded before the command in its container. Root has no rights there but to become another user: it becomes the owner of the
 * mounted `models/`, so that the files it writes belong to the owner of that folder on the host. A thread, which loads this too, has the
 * user of its process, also where that owner is root.
 */
if (isMainThread && process.getuid?.() === 0) {
  const models = modelsFolder();
  const owner = statSync(models, { throwIfNoEntry: false });
  if (!owner) {
    process.stderr.write(`hearth: there is no folder ${models}; mount it there\n`);
    process.exit(1);
  }
  process.setgroups?.([owner.gid]);
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}
