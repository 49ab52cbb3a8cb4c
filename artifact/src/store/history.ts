import { type Journal, type JournalEntry, putsInProduction } from './journal.ts';

/**
 * The versions that a rollback can go through, oldest first; the last is the one in production.
 *
 * A promotion adds its version, a rollback goes back to an earlier one and forgets those behind it: a second rollback goes further
 * back, and none ever returns to a version that was rolled back. That takes a promotion. What a line that cannot be read has changed
 * is known from the next promotion, which says what it found in production.
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
    if (entry.action === 'promote') {
      if (entry.previous !== null) comeTo(entry.previous);
      if (history.at(-1) !== entry.version) history.push(entry.version);
    } else if (putsInProduction(entry) && entry.version !== null) comeTo(entry.version);
  }
  if (production !== undefined) comeTo(production);
  return history;
}

/**
 * The versions that may stand in for the one in production, best first: those in production before, the last one first, without those
 * that a rollback went from or the gate refused since they were last promoted.
 */
export function standIns({ entries, endsUnknown }: Journal, production?: string): string[] {
  const history = productionHistory(entries, production).reverse();
  // a line that cannot be read may have rolled it back
  if (production === undefined && endsUnknown) history.push(...history.splice(0, 1));
  else history.shift();
  const rejected = rejectedVersions(entries);
  return [...new Set(history)].filter((version) => version !== production && !rejected.has(version));
}

function rejectedVersions(entries: readonly JournalEntry[]): Set<string> {
  const rejected = new Set<string>();
  let production: string | null = null;
  for (const entry of entries) {
    if (entry.action === 'rollback') rejected.add(entry.previous);
    // a version that stays in production was not kept from it
    if (entry.action === 'refuse' && entry.version !== production) rejected.add(entry.version);
    if (!putsInProduction(entry) || entry.version === null) continue;
    production = entry.version;
    rejected.delete(production);
  }
  return rejected;
}

/** The version that the journal's last promotion, rollback or finding left in production. */
export const lastInProduction = (entries: readonly JournalEntry[]): string | null =>
  entries.findLast(putsInProduction)?.version ?? null;
