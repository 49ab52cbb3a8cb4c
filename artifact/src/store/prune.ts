import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { printable } from '../printable.ts';
import { removeFolder } from './atomic.ts';
import { assertKnown, changeRegistry, type State } from './change.ts';
import { digitsOf, readEvaluations, removeEvaluations } from './evaluations.ts';
import { foreignFiles } from './own-folder.ts';
import { rollbackTarget } from './production.ts';
import { listVersions } from './versions.ts';

export interface Pruned {
  removed: string[];
  /** Older versions that stay, and why. */
  spared: { version: string; why: string }[];
}

export const prune = (folder: string, keep: number): Promise<Pruned> =>
  changeRegistry(folder, async (state) => {
    assertKnown(state, folder);
    const versions = await listVersions(folder);
    const needed = neededVersions(state, versions);
    const result: Pruned = { removed: [], spared: [] };
    for (const version of versions.slice(0, Math.max(0, versions.length - keep))) {
      const why = needed.get(version) ?? (await whyForeign(folder, version));
      if (why !== undefined) {
        result.spared.push({ version, why });
        continue;
      }
      await state.announce({ action: 'prune', version });
      // first: a kill between the two leaves what the next prune removes
      if (!hasTwin(version, await listVersions(folder))) await removeEvaluations(folder, version);
      await removeFolder(join(folder, version));
      result.removed.push(version);
    }
    return result;
  });

/** In words, why the folder of a version holds more than was published; undefined if it does not. */
async function whyForeign(folder: string, version: string): Promise<string | undefined> {
  const path = join(folder, version);
  if (!(await lstat(path)).isDirectory()) return 'it is not a folder';
  const [foreign] = await foreignFiles(path);
  if (foreign !== undefined) return `it holds ${printable(foreign, 100)}, which was not published`;
  const [fault] = (await readEvaluations(folder, version)).faults;
  return fault;
}

/** Whether another version has the same content, and so the same evaluations: a damaged one is published again. */
const hasTwin = (version: string, versions: readonly string[]): boolean =>
  versions.some((other) => other !== version && digitsOf(other) === digitsOf(version));

/** Versions that may be needed in an emergency, with the reason. */
function neededVersions(state: State, versions: readonly string[]): Map<string, string> {
  const needed = new Map<string, string>();
  const last = state.journal.entries.findLast(({ action }) => action === 'rollback');
  if (last?.action === 'rollback') {
    needed.set(last.previous, 'the last rollback replaced it');
    needed.set(last.version, 'the last rollback restored it');
  }
  const target = rollbackTarget(state, versions);
  if (target) needed.set(target, 'the next rollback would restore it');
  if (state.production) needed.set(state.production, 'it was in production last');
  for (const [alias, version] of Object.entries(state.aliases)) {
    if (version)
      needed.set(version, alias === 'production' ? 'it is in production' : `the alias ${alias} names it`);
  }
  return needed;
}
