import { statSync } from 'node:fs';

/**
 * Loaded before the command in its container. Root there has no right but to become someone else: it becomes the owner of the
 * mounted `models/`, so that what it writes belongs, on the host, to whom the folder belongs.
 */
if (process.getuid?.() === 0) {
  const models = process.env.HEARTH_MODELS ?? 'models';
  const owner = statSync(models, { throwIfNoEntry: false });
  if (!owner) {
    process.stderr.write(`hearth: there is no folder ${models}; mount it there\n`);
    process.exit(1);
  }
  process.setgroups?.([owner.gid]);
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}
