import { statSync } from 'node:fs';

/**
 * Loaded before the command in its container. Root there has no right but to become someone else: it becomes the owner of the
 * mounted `models/`, so that what it writes belongs, on the host, to whom the folder belongs.
 */
if (process.getuid?.() === 0) {
  const { uid, gid } = statSync(process.env.HEARTH_MODELS ?? 'models');
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}
