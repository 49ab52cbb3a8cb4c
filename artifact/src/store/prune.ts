import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '../printable.ts';
import { removeFolder } from './atomic.ts';
import { assertKnown, changeRegistry, type State } from './change.ts';
import { foreignFiles } from './own-folder.ts';
import { rollbackTarget } from './production.ts';
import { listVersions } from './versions.ts';

export interface Pruned {
  removed: string[];
  /** Versions that stay although they are not among the newest, and why. */
  spared: { version: string; why: string }[];
}

export const prune = (folder: string, keep: number): Promise<Pruned> =>
  changeRegistry(folder, async (state) => {
    assertKnown(state, folder);
    const versions = await listVersions(folder);
    const needed = neededVersions(state, versions);
    const result: Pruned = { removed: [], spared: [] };
    for (const version of versions.slice(0, Math.max(0, versions.length - keep))) {
      const why = needed.get(version) ?? (await whyForeign(join(folder, version)));
      if (why !== undefined) {
        result.spared.push({ version, why });
        continue;
      }
      await state.announce({ action: 'prune', version });
      await removeFolder(join(folder, version));
      result.removed.push(version);
    }
    return result;
  });

/** Why a version holds more than was published, in words. */
async function whyForeign(path: string): Promise<string | undefined> {
  if (!(await lstat(path)).isDirectory()) return 'it is not a folder';
  const [foreign] = await foreignFiles(path);
  return foreign === undefined ? undefined : `it holds ${printable(foreign, 100)}, which was not published`;
}

/** Versions that someone may need in a hurry, with the reason. */
function neededVersions(state: State, versions: readonly string[]): Map<string, string> {
  const needed = new Map<string, string>();
  const last = state.journal.entries.findLast(({ action }) => action === 'rollback');
  if (last?.action === 'rollback') {
    needed.set(last.previous, 'the last rollback took it out of production');
    needed.set(last.version, 'the last rollback put it into production');
  }
  const target = rollbackTarget(state, versions);
  if (target) needed.set(target, 'the next rollback would put it into production');
  if (state.production) needed.set(state.production, 'by the journal, it is in production');
  for (const [alias, version] of Object.entries(state.aliases)) {
    if (version)
      needed.set(version, alias === 'production' ? 'it is in production' : `it has the alias ${alias}`);
  }
  return needed;
}
