import { join } from 'node:path';
import { ArtifactError } from '../errors.ts';
import { type Aliases, aliasesPath, prepareAliases, resolveVersion } from './aliases.ts';
import { keepBroken } from './atomic.ts';
import { assertKnown, changeRegistry, type State } from './change.ts';
import { registryError } from './errors.ts';
import { productionHistory } from './history.ts';
import type { JournalNote } from './journal.ts';
import { readModel } from './read.ts';
import { listVersions } from './versions.ts';

/** A change of production that was made; `previous` is the version before. */
export interface Change {
  version: string;
  previous: string | null;
  /** The version was already in production by the journal, and aliases.json names it again. */
  restored?: true;
  /** The new name of an aliases.json that could not be used. */
  setAside?: string;
}

/** The grounds of a promotion. All but `champion` goes into the journal. */
export interface Promotion {
  /** What the gate compared. */
  evidence?: Record<string, unknown>;
  /** What the gate decided. */
  decision?: string;
  /** Why a person promotes it although the gate refused it. */
  reason?: string;
  /**
   * The version in production that it was compared with, null for none. If another one is in production now, the promotion is refused
   * with RegistryError CHAMPION_CHANGED.
   */
  champion?: string | null;
}

export const promote = (
  folder: string,
  wanted: string,
  { champion, ...because }: Promotion = {},
): Promise<Change> =>
  changeRegistry(folder, async (state) => {
    const version = await resolveVersion(folder, wanted);
    const previous = state.production ?? null;
    if (champion !== undefined && champion !== previous) {
      throw registryError('CHAMPION_CHANGED', champion ?? 'nothing', previous ?? 'nothing');
    }
    await assertCanServe(folder, version);
    if (state.aliases.production === version) return { version, previous };
    const aside = await putInProduction(folder, state, {
      action: 'promote',
      version,
      previous,
      ...because,
    });
    return {
      version,
      previous,
      ...(previous === version && { restored: true }),
      ...(aside && { setAside: aside }),
    };
  });

/** Only writes into the journal that the gate refused a version. */
export const refuse = (
  folder: string,
  version: string,
  verdict: { evidence?: Record<string, unknown>; decision: string },
): Promise<void> =>
  changeRegistry(folder, async ({ announce }) => {
    await announce({ action: 'refuse', version, ...verdict });
  });

export const rollback = (folder: string, reason?: string): Promise<Change> =>
  changeRegistry(folder, async (state) => {
    assertKnown(state, folder);
    const previous = state.aliases.production;
    if (!previous) throw registryError('NO_PRODUCTION', folder);
    const version = rollbackTarget(state, await listVersions(folder));
    if (!version) throw registryError('NO_EARLIER', previous);
    await assertCanServe(folder, version);
    await putInProduction(folder, state, {
      action: 'rollback',
      version,
      previous,
      ...(reason !== undefined && { reason }),
    });
    return { version, previous };
  });

/** The version that a rollback would restore: the last one in production before that still exists. */
export function rollbackTarget({ aliases, journal }: State, versions: readonly string[]): string | undefined {
  const earlier = productionHistory(journal.entries, aliases.production).slice(0, -1);
  return earlier.findLast((version) => version !== aliases.production && versions.includes(version));
}

async function assertCanServe(folder: string, version: string): Promise<void> {
  try {
    await readModel(join(folder, version));
  } catch (error) {
    if (error instanceof ArtifactError) throw registryError('NOT_SERVABLE', version, error.message, error);
    throw error;
  }
}

/** @returns the new name of an aliases.json that could not be used */
async function putInProduction(
  folder: string,
  { aliases, brokenAliases, announce }: State,
  note: JournalNote & { version: string },
): Promise<string | undefined> {
  const changed: Aliases = { ...aliases, production: note.version };
  const prepared = await prepareAliases(folder, changed);
  try {
    await announce(note);
    const aside = brokenAliases && (await keepBroken(aliasesPath(folder)));
    await prepared.commit();
    return aside;
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}
