import { open } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { syncFolder } from './atomic.ts';
import { registryError } from './errors.ts';
import { readText } from './text-file.ts';

const time = v.pipe(v.string(), v.isoTimestamp());
const version = v.string();
const reason = v.optional(v.string());

const JournalEntry = v.variant('action', [
  v.object({ time, action: v.literal('publish'), version, sha256: v.string() }),
  v.object({
    time,
    action: v.literal('promote'),
    version,
    previous: v.nullable(version),
    /** What the gate compared and decided. */
    evidence: v.optional(v.record(v.string(), v.unknown())),
    decision: v.optional(v.string()),
    /** Why a person promoted it although the gate refused it. */
    reason,
  }),
  /** The gate refused a version. */
  v.object({
    time,
    action: v.literal('refuse'),
    version,
    evidence: v.optional(v.record(v.string(), v.unknown())),
    decision: v.string(),
  }),
  v.object({ time, action: v.literal('rollback'), version, previous: version, reason }),
  /**
   * aliases.json named `version`, but by the journal `previous` was in production: a writer was killed between the two, or a person
   * edited the file. The version that aliases.json names serves, so the journal follows it.
   */
  v.object({ time, action: v.literal('found'), version: v.nullable(version), previous: v.nullable(version) }),
  v.object({ time, action: v.literal('prune'), version }),
]);
/** One line of journal.jsonl. */
export type JournalEntry = v.InferOutput<typeof JournalEntry>;
/** An entry without its time. */
export type JournalNote = JournalEntry extends infer E
  ? E extends unknown
    ? Omit<E, 'time'>
    : never
  : never;

export interface Journal {
  /** Oldest first. */
  entries: JournalEntry[];
  /** Numbers, from 1, of lines that are not entries. A last line that a kill cut short is not counted: it took no effect. */
  unreadable: number[];
  /** Whether an unreadable line after the last change of production may have been another one. */
  endsUnknown: boolean;
}

export const journalPath = (folder: string): string => join(folder, 'journal.jsonl');

const sizeLimit = 256 << 20;

/** @throws RegistryError UNREADABLE_JOURNAL */
export async function readJournal(folder: string): Promise<Journal> {
  const text = await readText(journalPath(folder), sizeLimit, (why, cause) =>
    registryError('UNREADABLE_JOURNAL', journalPath(folder), why, cause),
  );
  const lines = (text ?? '').split('\n');
  const journal: Journal = { entries: [], unreadable: [], endsUnknown: false };
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry) {
      journal.entries.push(entry);
      if (putsInProduction(entry)) journal.endsUnknown = false;
    } else if (i < lines.length - 1) {
      journal.unreadable.push(i + 1);
      journal.endsUnknown = true;
    }
  }
  return journal;
}

/** Whether an entry put its version into production. */
export const putsInProduction = (
  entry: JournalEntry,
): entry is Extract<JournalEntry, { action: 'promote' | 'rollback' | 'found' }> =>
  entry.action === 'promote' || entry.action === 'rollback' || entry.action === 'found';

function parseEntry(line: string): JournalEntry | undefined {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined; // reported by its number, as every line that is not an entry
  }
  const result = v.safeParse(JournalEntry, json);
  return result.success ? result.output : undefined;
}

/**
 * Appends an entry, after removing a last line that was cut short. An append that fails leaves the journal as it was. Call it only with
 * the folder's lock.
 */
export async function appendEntry(folder: string, note: JournalNote): Promise<void> {
  const line = JSON.stringify({ time: new Date().toISOString(), ...note });
  const file = await open(journalPath(folder), 'a+', 0o644);
  try {
    const { size, mode } = await file.stat();
    // every user may read a new journal, because the server, which may run as another user, finds stand-ins in it; who may append is up
    // to the owner, and an older journal keeps its mode
    if (size === 0 && (mode & 0o444) !== 0o444) await file.chmod(mode | 0o444);
    const whole = await repair(await file.readFile(), (length) => file.truncate(length));
    try {
      await file.writeFile(`${whole.needsNewline ? '\n' : ''}${line}\n`);
      await file.sync();
    } catch (error) {
      await file.truncate(whole.length);
      throw error;
    }
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}

/** Cuts off a last line that is incomplete. A complete entry that only lacks its line feed stays. */
async function repair(
  content: Buffer,
  truncate: (length: number) => Promise<void>,
): Promise<{ length: number; needsNewline: boolean }> {
  const end = content.lastIndexOf(0x0a) + 1;
  if (end === content.length) return { length: end, needsNewline: false };
  if (parseEntry(content.subarray(end).toString('utf8'))) {
    return { length: content.length, needsNewline: true };
  }
  await truncate(end);
  return { length: end, needsNewline: false };
}
