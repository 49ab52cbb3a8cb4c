import { type Journal, type JournalEntry, putsInProduction } from './journal.ts';

/**
 * The versions that rollbacks go through, oldest first; the last one is in production.
 *
 * A promotion adds its version. A rollback goes back to an earlier version and drops those after it: a second rollback goes further
 * back, and only a promotion returns to a version that was rolled back. The next promotion after an unreadable line shows what that
 * line changed, because it names the version that it found in production.
 * @param production the version that aliases.json names now, which overrides the journal
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
 * The versions that may replace the one in production if it cannot serve, best first: those in production before, the latest first,
 * without those that were rolled back or refused by the gate since their last promotion.
 */
export function standIns({ entries, endsUnknown }: Journal, production?: string): string[] {
  const history = productionHistory(entries, production).reverse();
  // the unreadable line may have rolled back the last one
  if (endsUnknown) history.push(...history.splice(0, 1));
  else history.shift();
  const rejected = rejectedVersions(entries);
  return [...new Set(history)].filter((version) => version !== production && !rejected.has(version));
}

function rejectedVersions(entries: readonly JournalEntry[]): Set<string> {
  const rejected = new Set<string>();
  let production: string | null = null;
  for (const entry of entries) {
    if (entry.action === 'rollback') rejected.add(entry.previous);
    // a refusal of the version in production does not remove it
    if (entry.action === 'refuse' && entry.version !== production) rejected.add(entry.version);
    if (!putsInProduction(entry) || entry.version === null) continue;
    production = entry.version;
    rejected.delete(production);
  }
  return rejected;
}

/** The version in production after the journal's last `promote`, `rollback` or `found`. */
export const lastInProduction = (entries: readonly JournalEntry[]): string | null =>
  entries.findLast(putsInProduction)?.version ?? null;
