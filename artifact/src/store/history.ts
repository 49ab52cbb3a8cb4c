import type { JournalEntry } from './journal.ts';

/**
 * The versions that a rollback can go through, oldest first; the last is the one in production.
 *
 * A promotion adds its version, a rollback goes back to an earlier one and forgets those behind it: a second rollback goes further
 * back, and none ever returns to a version that was rolled back. That takes a promotion.
 * @param production what aliases.json names now, which counts more than what the journal says
 */
export function productionHistory(entries: readonly JournalEntry[], production?: string): string[] {
  const history: string[] = [];
  const comeTo = (version: string) => {
    const at = history.lastIndexOf(version);
    if (at === -1) history.push(version);
    else history.length = at + 1;
  };
  for (const entry of entries) {
    if (entry.action === 'promote' && history.at(-1) !== entry.version) history.push(entry.version);
    else if (entry.action === 'rollback') comeTo(entry.version);
    else if (entry.action === 'found' && entry.version !== null) comeTo(entry.version);
  }
  if (production !== undefined) comeTo(production);
  return history;
}

/** The version that the journal's last promotion, rollback or finding left in production. */
export function lastInProduction(entries: readonly JournalEntry[]): string | null {
  for (const entry of entries.toReversed()) {
    if (entry.action === 'promote' || entry.action === 'rollback' || entry.action === 'found') {
      return entry.version;
    }
  }
  return null;
}
